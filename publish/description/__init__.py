"""What describes a release: data package, dictionary, citation, figures, change log, pages."""
