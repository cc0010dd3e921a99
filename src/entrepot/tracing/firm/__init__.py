"""What ties a firm to a region: from the record and from the person's own files, each with its document."""
