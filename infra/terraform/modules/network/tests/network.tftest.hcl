mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:connections" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/connections" }
  }
}

variables {
  name    = "sportbuff-test"
  cidr    = "10.20.0.0/16"
  zones   = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  key_arn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-1111-1111-1111-111111111111"
}

run "Each_of_three_zones_has_private_nodes_and_a_way_out_of_its_own" {
  assert {
    condition     = length(aws_subnet.private) == 3 && toset([for subnet in aws_subnet.private : subnet.availability_zone]) == toset(var.zones)
    error_message = "The nodes' subnets are not one in each zone."
  }
  assert {
    condition     = length(aws_nat_gateway.exit) == 3
    error_message = "The zones share ${length(aws_nat_gateway.exit)} ways out."
  }
  assert {
    condition     = alltrue([for route in aws_route.private : route.gateway_id == null || route.gateway_id == ""])
    error_message = "A private subnet is reached from outside."
  }
  assert {
    condition     = alltrue([for zone in var.zones : aws_route.private[zone].nat_gateway_id == aws_nat_gateway.exit[zone].id && aws_nat_gateway.exit[zone].subnet_id == aws_subnet.public[zone].id])
    error_message = "A zone goes out by the way of another."
  }
  assert {
    condition     = alltrue([for zone in var.zones : aws_route_table_association.private[zone].subnet_id == aws_subnet.private[zone].id && aws_route_table_association.private[zone].route_table_id == aws_route_table.private[zone].id])
    error_message = "A private subnet has another table of routes than the private one of its zone."
  }
  assert {
    condition     = length(setintersection([aws_route_table.public.id], [for association in aws_route_table_association.private : association.route_table_id])) == 0
    error_message = "A private subnet has the table of routes of the public ones."
  }
}

run "Zones_that_share_a_way_out_go_by_that_of_the_first" {
  variables {
    nat_per_zone = false
  }
  assert {
    condition     = keys(aws_nat_gateway.exit) == ["eu-central-1a"] && alltrue([for route in aws_route.private : route.nat_gateway_id == aws_nat_gateway.exit["eu-central-1a"].id])
    error_message = "There is more than one way out, or a zone goes by none."
  }
}

run "Nothing_gets_a_public_address_unasked_and_what_is_put_nowhere_reaches_nothing" {
  assert {
    condition     = alltrue([for subnet in aws_subnet.public : !subnet.map_public_ip_on_launch])
    error_message = "A machine in a public subnet gets a public address unasked."
  }
  assert {
    condition     = length(aws_default_security_group.this.ingress) == 0 && length(aws_default_security_group.this.egress) == 0
    error_message = "The default security group lets something through."
  }
}

run "Backups_and_roles_are_reached_without_leaving_the_network" {
  assert {
    condition     = toset(keys(aws_vpc_endpoint.this)) == toset(["s3", "sts"])
    error_message = "S3 or STS has no address in the network."
  }
  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.this : endpoint.vpc_endpoint_type == "Interface" && endpoint.private_dns_enabled && length(endpoint.subnet_ids) == 3])
    error_message = "A service has no address in each zone, or its name leads elsewhere."
  }
  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.endpoints : rule.cidr_ipv4]) == toset([for subnet in aws_subnet.private : subnet.cidr_block])
    error_message = "Others than nodes and pods reach them, or not all of these."
  }
}

run "Nothing_is_copied_to_somebody_elses_bucket_through_them" {
  assert {
    condition     = alltrue([for statement in jsondecode(aws_vpc_endpoint.this["s3"].policy).Statement : alltrue([for target in statement.Resource : strcontains(target, ":s3:::${var.name}-") || (statement.Action == ["s3:GetObject"] && strcontains(target, "starport-layer-bucket"))])])
    error_message = "Through the address of S3 others than our own buckets are reached."
  }
  assert {
    condition     = one([for statement in jsondecode(aws_vpc_endpoint.this["s3"].policy).Statement : statement if statement.Sid == "OwnBuckets"]).Principal == { AWS = "arn:aws:iam::123456789012:root" }
    error_message = "Through the address of S3 others than this account reach our own buckets."
  }
  assert {
    condition     = toset(flatten([for statement in jsondecode(aws_vpc_endpoint.this["s3"].policy).Statement : statement.Action])) == toset(["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"])
    error_message = "Through the address of S3 more is done than objects read, written, deleted and listed."
  }
}

run "No_roles_but_our_own_are_taken_through_them" {
  assert {
    condition     = [for statement in jsondecode(aws_vpc_endpoint.this["sts"].policy).Statement : { actions = statement.Action, roles = statement.Resource }] == [{ actions = ["sts:AssumeRoleWithWebIdentity"], roles = ["arn:aws:iam::123456789012:role/${var.name}-*"] }]
    error_message = "Through the address of STS others than the environment's own roles are taken, or otherwise than by a token of the cluster."
  }
}

run "All_connections_are_logged_encrypted" {
  assert {
    condition     = aws_flow_log.this.traffic_type == "ALL"
    error_message = "Not all connections are logged."
  }
  assert {
    condition     = aws_cloudwatch_log_group.connections.kms_key_id == var.key_arn
    error_message = "The log of connections is not encrypted with the key it was given."
  }
  assert {
    condition     = alltrue([for statement in jsondecode(aws_iam_role.connections.assume_role_policy).Statement : try(statement.Condition.StringEquals["aws:SourceAccount"], "") == "123456789012"])
    error_message = "The role that writes the log is had for another account: a condition on aws:SourceAccount is missing."
  }
}

run "Two_zones_are_refused" {
  command = plan
  variables {
    zones = ["eu-central-1a", "eu-central-1b"]
  }
  expect_failures = [var.zones]
}

run "The_same_zone_three_times_is_refused" {
  command = plan
  variables {
    zones = ["eu-central-1a", "eu-central-1a", "eu-central-1a"]
  }
  expect_failures = [var.zones]
}
