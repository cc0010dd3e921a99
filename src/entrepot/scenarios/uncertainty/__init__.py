"""How far the figures hang on what is not known: draws, intervals, and which input moves an answer most."""
