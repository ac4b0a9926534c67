"""What a paper says beside its forms: in its prose, of itself, of last year; and whether it is whole."""
