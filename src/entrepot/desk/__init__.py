"""One verb a capability, each in a module of its name: what the command line, Python and a server call alike."""
