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
    condition     = length(aws_ecr_repository.this) == 8 && alltrue([for repository in aws_ecr_repository.this : repository.encryption_configuration[0].encryption_type == "KMS" && repository.encryption_configuration[0].kms_key == module.key.arn])
    error_message = "A repository is not encrypted with the key of the images."
  }
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_scanning_configuration[0].scan_on_push])
    error_message = "A repository does not scan what is pushed."
  }
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : !repository.force_delete])
    error_message = "A protected repository can be destroyed with its images."
  }
}

run "A_repository_in_capitals_is_refused" {
  command = plan
  variables {
    repositories = ["Dashboard"]
  }
  expect_failures = [var.repositories]
}
