"""How else a name may be spelt: Chinese in Cyrillic, pinyin by the syllable, a slip in a legal form."""
