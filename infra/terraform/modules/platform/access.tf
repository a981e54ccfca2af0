locals {
  adds_backups = [
    { sid = "ListsBackups", actions = ["s3:ListBucket"], resources = [module.backup.bucket_arn] },
    { sid = "ReadsAndWritesBackups", actions = ["s3:GetObject", "s3:PutObject"], resources = ["${module.backup.bucket_arn}/*"] },
    { sid = "EncryptsBackups", actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = [module.backup.key_arn] },
  ]
}

module "access" {
  source = "../access"
  name   = local.name
  issuer = module.cluster.issuer

  accounts = {
    backup = {
      namespace       = "sportbuff"
      service_account = "backup"
      # It can only add. restic takes its own locks away again, and what the archiver uploads of an open binary log is uploaded whole once that is closed.
      statements = concat(local.adds_backups, [
        { sid = "EndsLocks", actions = ["s3:DeleteObject"], resources = [for repository in ["base", "logical", "binlogs"] : "${module.backup.bucket_arn}/${repository}/locks/*"] },
        { sid = "ForgetsOpenBinaryLogs", actions = ["s3:DeleteObject"], resources = ["${module.backup.bucket_arn}/tail/*"] },
      ])
    }

    # What it deletes is there for as long as a version is locked.
    backup-retention = {
      namespace       = "sportbuff"
      service_account = "backup-retention"
      statements      = concat(local.adds_backups, [{ sid = "ForgetsBackups", actions = ["s3:DeleteObject"], resources = ["${module.backup.bucket_arn}/*"] }])
    }

    external-secrets = {
      namespace       = "external-secrets"
      service_account = "external-secrets"
      statements = [
        { sid = "ReadsSecrets", actions = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], resources = values(module.secrets.arns) },
        { sid = "DecryptsSecrets", actions = ["kms:Decrypt"], resources = [module.secrets.key_arn] },
      ]
    }

    velero = {
      namespace       = "velero"
      service_account = "velero"
      statements = [
        { sid = "ListsObjects", actions = ["s3:ListBucket"], resources = [module.objects.arn] },
        { sid = "KeepsObjects", actions = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"], resources = ["${module.objects.arn}/*"] },
        { sid = "EncryptsObjects", actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = [module.objects_key.arn] },
      ]
    }

    cert-manager = {
      namespace       = "cert-manager"
      service_account = "cert-manager"
      statements = [
        { sid = "ProvesNames", actions = ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"], resources = [module.dns.zone.arn] },
        { sid = "SeesChanges", actions = ["route53:GetChange"], resources = ["arn:${data.aws_partition.current.partition}:route53:::change/*"] },
      ]
    }

    external-dns = {
      namespace       = "external-dns"
      service_account = "external-dns"
      statements = [
        { sid = "WritesNames", actions = ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"], resources = [module.dns.zone.arn] },
        { sid = "SeesZones", actions = ["route53:ListHostedZones"], resources = ["*"] },
      ]
    }

    cluster-autoscaler = {
      namespace       = "kube-system"
      service_account = "cluster-autoscaler"
      statements = [
        {
          sid       = "SeesGroups"
          actions   = ["autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeAutoScalingInstances", "autoscaling:DescribeLaunchConfigurations", "autoscaling:DescribeScalingActivities", "ec2:DescribeImages", "ec2:DescribeInstanceTypes", "ec2:DescribeLaunchTemplateVersions"]
          resources = ["*"]
        },
        {
          sid       = "ScalesItsOwn"
          actions   = ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"]
          resources = ["arn:${data.aws_partition.current.partition}:autoscaling:${var.region}:${data.aws_caller_identity.current.account_id}:autoScalingGroup:*:autoScalingGroupName/*"]
          condition = { StringEquals = { "aws:ResourceTag/k8s.io/cluster-autoscaler/${local.name}" = "owned" } }
        },
        {
          sid       = "SeesNodeGroups"
          actions   = ["eks:DescribeNodegroup"]
          resources = ["arn:${data.aws_partition.current.partition}:eks:${var.region}:${data.aws_caller_identity.current.account_id}:nodegroup/${local.name}/*"]
        },
      ]
    }

    ebs-csi-controller = { namespace = "kube-system", service_account = "ebs-csi-controller", managed = ["AmazonEBSCSIDriverPolicy"], statements = [
      { sid = "EncryptsDisks", actions = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"], resources = [module.key.arn] },
      { sid = "LendsTheKeyToDisks", actions = ["kms:CreateGrant"], resources = [module.key.arn], condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } } },
    ] }

    efs-csi-controller = { namespace = "kube-system", service_account = "efs-csi-controller", managed = ["AmazonEFSCSIDriverPolicy"], statements = [] }
  }

  everywhere = {
    SeesZones  = "What lists zones knows no narrower resource."
    SeesGroups = "What describes groups, instances and images knows no narrower resource."
  }
}
