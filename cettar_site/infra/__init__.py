"""The only doors to the outside: settings, clock, database, network, files, site."""
