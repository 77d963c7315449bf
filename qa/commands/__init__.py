"""The commands of `qa`: options in, records out; one module a command."""
