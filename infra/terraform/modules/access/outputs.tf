output "roles" {
  description = "ARN of the role of each service account: what its annotation eks.amazonaws.com/role-arn says."
  value       = { for name, role in aws_iam_role.this : name => role.arn }
}
