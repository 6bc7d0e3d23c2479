"""What people could type to make something happen, at every place where it ends up."""
