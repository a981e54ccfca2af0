data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

resource "aws_iam_role" "control" {
  name        = "${var.name}-control"
  description = "The control plane of ${var.name}."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "eks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "control" {
  role       = aws_iam_role.control.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AmazonEKSClusterPolicy"
}

# It is made before the cluster, which would make one that is neither encrypted nor ever emptied.
resource "aws_cloudwatch_log_group" "control" {
  name              = "/aws/eks/${var.name}/cluster"
  kms_key_id        = var.key_arn
  retention_in_days = var.log_days
}

resource "aws_eks_cluster" "this" {
  name                      = var.name
  version                   = var.kubernetes
  role_arn                  = aws_iam_role.control.arn
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  # Who deploys does so from within the network.
  vpc_config {
    subnet_ids              = values(var.subnets)
    endpoint_private_access = true
    endpoint_public_access  = false
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = var.key_arn
    }
  }

  depends_on = [aws_iam_role_policy_attachment.control, aws_cloudwatch_log_group.control]
}

# What gives pods their addresses holds them to network policies as well, which it does not unless it is told. A simulator has no add-ons.
resource "aws_eks_addon" "network" {
  count = var.addons ? 1 : 0

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = "vpc-cni"
  configuration_values        = jsonencode({ enableNetworkPolicy = "true" })
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
}

# By it a pod's service account has a role, and its node need not have that.
resource "aws_iam_openid_connect_provider" "this" {
  url            = aws_eks_cluster.this.identity[0].oidc[0].issuer
  client_id_list = ["sts.amazonaws.com"]
}
