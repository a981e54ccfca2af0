locals {
  use = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]

  # Who may use the key is said by IAM. What the account may delegate is named action by action.
  administration = [{
    Sid       = "AdministeredByTheAccount"
    Effect    = "Allow"
    Principal = { AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root" }
    Action = concat(local.use, [
      "kms:CancelKeyDeletion",
      "kms:CreateAlias",
      "kms:CreateGrant",
      "kms:DeleteAlias",
      "kms:DisableKey",
      "kms:EnableKey",
      "kms:EnableKeyRotation",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListAliases",
      "kms:ListGrants",
      "kms:ListKeyPolicies",
      "kms:ListResourceTags",
      "kms:PutKeyPolicy",
      "kms:RevokeGrant",
      "kms:ScheduleKeyDeletion",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateAlias",
      "kms:UpdateKeyDescription",
    ])
    Resource = "*"
  }]

  services = [for service in var.services : {
    Sid       = "UsedBy${replace(title(split(".", service)[0]), "-", "")}"
    Effect    = "Allow"
    Principal = { Service = service }
    Action    = local.use
    Resource  = "*"
    Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
  }]

  users = length(var.users) > 0 ? [var.users] : []

  roles = [for users in local.users : {
    Sid       = "UsedByRoles"
    Effect    = "Allow"
    Principal = { AWS = users }
    Action    = local.use
    Resource  = "*"
  }]

  loans = [for users in local.users : {
    Sid       = "UsedByWhatRunsForRoles"
    Effect    = "Allow"
    Principal = { AWS = users }
    Action    = ["kms:CreateGrant"]
    Resource  = "*"
    Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
  }]
}
