output "names" {
  description = "Name of each secret in Secrets Manager."
  value       = { for secret, made in aws_secretsmanager_secret.this : secret => made.name }
}

output "arns" {
  description = "ARN of each secret."
  value       = { for secret, made in aws_secretsmanager_secret.this : secret => made.arn }
}

output "key_arn" {
  description = "ARN of the key that encrypts them."
  value       = module.key.arn
}
