"""What the pages share: their words, how one is drawn, answers worked out beside them, the files of the desk."""
