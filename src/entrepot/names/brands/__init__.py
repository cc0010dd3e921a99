"""Whether a Latin brand stands for a Chinese one, by sound or by meaning."""
