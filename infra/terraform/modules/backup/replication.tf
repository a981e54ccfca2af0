resource "aws_iam_role" "replication" {
  name        = "${var.name}-backup-replication"
  description = "Carries backups of ${var.name} to the other region."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "replication" {
  name = "replication"
  role = aws_iam_role.replication.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ReadsWhatIsToBeCarried"
        Effect   = "Allow"
        Action   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
        Resource = module.bucket.arn
      },
      {
        Sid      = "ReadsEachVersion"
        Effect   = "Allow"
        Action   = ["s3:GetObjectLegalHold", "s3:GetObjectRetention", "s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"]
        Resource = "${module.bucket.arn}/*"
      },
      {
        Sid      = "WritesTheReplica"
        Effect   = "Allow"
        Action   = ["s3:ReplicateObject", "s3:ReplicateTags"]
        Resource = "${module.replica.arn}/*"
      },
      {
        Sid      = "Decrypts"
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = module.key.arn
      },
      {
        Sid      = "EncryptsAgain"
        Effect   = "Allow"
        Action   = ["kms:Encrypt", "kms:GenerateDataKey"]
        Resource = module.replica_key.arn
      },
    ]
  })
}

resource "aws_s3_bucket_replication_configuration" "this" {
  bucket = module.bucket.name
  role   = aws_iam_role.replication.arn

  rule {
    id       = "everything"
    status   = "Enabled"
    priority = 0

    filter {}

    # A deletion in one region must not reach the other.
    delete_marker_replication {
      status = "Disabled"
    }

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket        = module.replica.arn
      storage_class = "STANDARD_IA"

      encryption_configuration {
        replica_kms_key_id = module.replica_key.arn
      }
    }
  }
}
