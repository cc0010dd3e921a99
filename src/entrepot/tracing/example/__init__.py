"""A worked example: invented chains of cotton, solar modules and tomatoes, as the files of a buyer hold them."""
