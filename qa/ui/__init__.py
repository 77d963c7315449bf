"""The face in the browser: it renders what the engine returns and nothing else."""
