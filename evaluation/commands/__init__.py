"""The commands of `qa-eval`: options in, reports out; one module a command."""
