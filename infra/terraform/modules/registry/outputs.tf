output "urls" {
  description = "Address of each repository, without a tag."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
}
