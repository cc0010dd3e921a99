"""What the running Python needs: packages of extras, names that have changed, garbage looked for less often."""
