data "aws_caller_identity" "current" {}

resource "aws_cloudwatch_log_group" "connections" {
  name              = "/${var.name}/connections"
  kms_key_id        = var.key_arn
  retention_in_days = var.log_days
}

resource "aws_iam_role" "connections" {
  name        = "${var.name}-connection-log"
  description = "Writes the log of connections of ${var.name}."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "connections" {
  name = "write"
  role = aws_iam_role.connections.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.connections.arn}:*"
    }]
  })
}

resource "aws_flow_log" "this" {
  vpc_id          = aws_vpc.this.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.connections.arn
  iam_role_arn    = aws_iam_role.connections.arn
}
