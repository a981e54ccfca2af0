data "aws_region" "current" {}

data "aws_partition" "current" {}

locals {
  arn = "arn:${data.aws_partition.current.partition}"

  # What goes through them. AWS's own policy would let everything through, such as what somebody copies to a bucket of his.
  endpoint_statements = {
    s3 = [
      {
        Sid       = "OwnBuckets"
        Effect    = "Allow"
        Principal = { AWS = "${local.arn}:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"]
        Resource  = ["${local.arn}:s3:::${var.name}-*"]
      },
      {
        Sid       = "LayersOfImages"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject"]
        Resource  = ["${local.arn}:s3:::prod-${data.aws_region.current.name}-starport-layer-bucket/*"]
      },
    ]
    sts = [
      {
        Sid       = "TakesOwnRoles"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["sts:AssumeRoleWithWebIdentity"]
        Resource  = ["${local.arn}:iam::${data.aws_caller_identity.current.account_id}:role/${var.name}-*"]
      },
    ]
  }
}

# Pods reach these services at addresses of the network itself: what may leave it need not be wide open, and the network policy of a backup names its subnets alone.
resource "aws_security_group" "endpoints" {
  name        = "${var.name}-endpoints"
  description = "Who reaches services of AWS within ${var.name}."
  vpc_id      = aws_vpc.this.id
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  for_each = local.private

  security_group_id = aws_security_group.endpoints.id
  description       = "HTTPS from the nodes and pods of ${each.key}."
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_endpoint" "this" {
  for_each = var.endpoints

  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${data.aws_region.current.name}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = values(aws_subnet.private)[*].id
  security_group_ids  = [aws_security_group.endpoints.id]
  policy              = jsonencode({ Version = "2012-10-17", Statement = local.endpoint_statements[each.key] })
  tags                = { Name = "${var.name}-${each.key}" }

  # Of S3 alone there is another kind, whose name would be answered with public addresses.
  dynamic "dns_options" {
    for_each = each.key == "s3" ? [1] : []
    content {
      private_dns_only_for_inbound_resolver_endpoint = false
    }
  }
}
