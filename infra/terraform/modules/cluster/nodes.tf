resource "aws_iam_role" "nodes" {
  name        = "${var.name}-nodes"
  description = "The nodes of ${var.name}."

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy_attachment" "nodes" {
  for_each = toset(["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryReadOnly"])

  role       = aws_iam_role.nodes.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/${each.key}"
}

resource "aws_launch_template" "nodes" {
  name_prefix = "${var.name}-"

  # One hop: a pod does not reach what says which role its node has.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = var.nodes.disk_gib
      encrypted             = true
      kms_key_id            = var.key_arn
      delete_on_termination = true
    }
  }
}

resource "aws_eks_node_group" "this" {
  for_each = var.subnets

  cluster_name    = aws_eks_cluster.this.name
  node_group_name = "${var.name}-${each.key}"
  node_role_arn   = aws_iam_role.nodes.arn
  # A group for each zone: a volume is of one zone, and who scales must know in which a pod is missing.
  subnet_ids     = [each.value]
  instance_types = var.nodes.instance_types

  scaling_config {
    min_size     = ceil(var.nodes.min / length(var.subnets))
    desired_size = ceil(var.nodes.desired / length(var.subnets))
    max_size     = ceil(var.nodes.max / length(var.subnets))
  }

  launch_template {
    id      = aws_launch_template.nodes.id
    version = aws_launch_template.nodes.latest_version
  }

  update_config {
    max_unavailable = 1
  }

  # Whoever scales them says how many there are.
  lifecycle {
    ignore_changes = [scaling_config[0].desired_size]
  }

  # No pod runs before policies hold.
  depends_on = [aws_iam_role_policy_attachment.nodes, aws_eks_addon.network]
}
