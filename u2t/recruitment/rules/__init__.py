"""What is true of applicants, scores and deadlines: values in, values out."""
