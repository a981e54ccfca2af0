output "backup" {
  description = "Where backups go: bucket, replica, key, lock."
  value = {
    bucket  = module.backup.bucket
    replica = module.backup.replica
    key_arn = module.backup.key_arn
    lock    = module.backup.lock
  }
}

output "secrets" {
  description = "Name of each secret in Secrets Manager."
  value       = module.secrets.names
}

output "images" {
  description = "Address of each image's repository."
  value       = module.registry.urls
}
