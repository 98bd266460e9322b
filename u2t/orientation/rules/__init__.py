"""What is true of attendance and completion: values in, values out."""
