module "key" {
  source    = "../key"
  name      = "${var.name}/images"
  purpose   = "Images of ${var.name}."
  protected = var.protected
}

resource "aws_ecr_repository" "this" {
  for_each = var.repositories

  name         = "${var.name}/${each.key}"
  force_delete = !var.protected

  # A tag that a verdict was given for must mean the same image for ever.
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = module.key.arn
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  for_each = aws_ecr_repository.this

  repository = each.value.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "What no tag names goes."
      selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = var.untagged_days }
      action       = { type = "expire" }
    }]
  })
}
