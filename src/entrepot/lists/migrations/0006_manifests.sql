-- The manifest that vouches for the files of a version.
ALTER TABLE list_versions ADD COLUMN manifest VARCHAR;
