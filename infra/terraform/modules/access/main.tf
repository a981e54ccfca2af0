data "aws_partition" "current" {}

resource "aws_iam_role" "this" {
  for_each = var.accounts

  name        = "${var.name}-${each.key}"
  description = "The service account ${each.value.namespace}/${each.value.service_account}."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = var.issuer.arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "${var.issuer.host}:aud" = "sts.amazonaws.com"
          "${var.issuer.host}:sub" = "system:serviceaccount:${each.value.namespace}:${each.value.service_account}"
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  for_each = { for name, account in var.accounts : name => account if length(account.statements) > 0 }

  name = each.key
  role = aws_iam_role.this[each.key].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for statement in each.value.statements : merge(
      { Sid = statement.sid, Effect = "Allow", Action = statement.actions, Resource = statement.resources },
      length(statement.condition) > 0 ? { Condition = statement.condition } : {},
    )]
  })
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = merge([for name, account in var.accounts : { for policy in account.managed : "${name}/${policy}" => { role = name, policy = policy } }]...)

  role       = aws_iam_role.this[each.value.role].name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/${each.value.policy}"
}
