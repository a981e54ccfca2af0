mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-1111-1111-1111-111111111111" }
  }
}

variables {
  name = "sportbuff"
}

run "A_tag_means_the_same_image_for_ever" {
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_tag_mutability == "IMMUTABLE"])
    error_message = "A tag can be moved to another image."
  }
}

run "Every_image_is_encrypted_scanned_and_kept" {
  assert {
    condition     = length(setsubtract(["artemis", "backup", "dashboard", "fluentd", "haproxy", "mysql", "mysqld-exporter", "redis", "redis-exporter", "server"], keys(aws_ecr_repository.this))) == 0
    error_message = "There is no repository for ${join(", ", setsubtract(["artemis", "backup", "dashboard", "fluentd", "haproxy", "mysql", "mysqld-exporter", "redis", "redis-exporter", "server"], keys(aws_ecr_repository.this)))}."
  }
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : try(repository.encryption_configuration[0].encryption_type, "") == "KMS" && try(repository.encryption_configuration[0].kms_key, "") == module.key.arn])
    error_message = "A repository is not encrypted with the key of the images."
  }
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : try(repository.image_scanning_configuration[0].scan_on_push, false)])
    error_message = "A repository does not scan what is pushed."
  }
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : !repository.force_delete])
    error_message = "A protected repository can be destroyed with its images."
  }
}

run "What_a_tag_names_never_goes_by_its_age" {
  assert {
    condition     = toset(keys(aws_ecr_lifecycle_policy.this)) == toset(keys(aws_ecr_repository.this)) && alltrue(flatten([for lifecycle in aws_ecr_lifecycle_policy.this : [for rule in jsondecode(lifecycle.policy).rules : rule.selection.tagStatus == "untagged" && rule.selection.countNumber == 30]]))
    error_message = "An image goes that a tag names, or what no tag names does not go after 30 days."
  }
}

run "A_repository_in_capitals_is_refused" {
  command = plan
  variables {
    repositories = ["Dashboard"]
  }
  expect_failures = [var.repositories]
}
