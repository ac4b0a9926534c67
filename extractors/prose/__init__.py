"""The figures stated in the prose of a paper: words → lines → paragraphs → sections → statements → facts."""
