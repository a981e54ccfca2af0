output "bucket" {
  description = "Name of the bucket that backups go to."
  value       = module.bucket.name
}

output "bucket_arn" {
  description = "ARN of the bucket that backups go to."
  value       = module.bucket.arn
}

output "replica" {
  description = "Name of the bucket in the other region."
  value       = module.replica.name
}

output "key_arn" {
  description = "ARN of the key that encrypts backups."
  value       = module.key.arn
}

output "lock" {
  description = "How backups are locked: mode, and days."
  value       = local.lock
}
