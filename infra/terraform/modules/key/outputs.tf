output "arn" {
  description = "ARN of the key."
  value       = aws_kms_key.this.arn
}

output "alias_arn" {
  description = "ARN of its alias, which is known before the key is."
  value       = aws_kms_alias.this.arn
}
