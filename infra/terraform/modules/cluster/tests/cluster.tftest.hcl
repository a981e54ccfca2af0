mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/one" }
  }
  mock_resource "aws_eks_cluster" {
    defaults = { identity = [{ oidc = [{ issuer = "https://oidc.eks.eu-central-1.amazonaws.com/id/1" }] }] }
  }
  mock_resource "aws_launch_template" {
    defaults = { id = "lt-1", latest_version = 1 }
  }
}

variables {
  name       = "sportbuff-test"
  kubernetes = "1.34"
  subnets    = { a = "subnet-a", b = "subnet-b", c = "subnet-c" }
  nodes      = { instance_types = ["m7i.large"], min = 3, desired = 3, max = 9, disk_gib = 100 }
  key_arn    = "arn:aws:kms:eu-central-1:123456789012:key/11111111-1111-1111-1111-111111111111"
  addons     = true
}

run "Pods_are_held_to_network_policies" {
  assert {
    condition     = [for addon in aws_eks_addon.network : [addon.addon_name, jsondecode(addon.configuration_values).enableNetworkPolicy]] == [["vpc-cni", "true"]]
    error_message = "What gives pods their addresses does not hold them to network policies."
  }
}

run "The_control_plane_is_reached_from_within_the_network_alone" {
  assert {
    condition     = !aws_eks_cluster.this.vpc_config[0].endpoint_public_access && aws_eks_cluster.this.vpc_config[0].endpoint_private_access
    error_message = "The control plane has a public endpoint."
  }
}

run "Secrets_logs_and_disks_are_encrypted_with_the_cluster_s_key" {
  assert {
    condition     = contains(aws_eks_cluster.this.encryption_config[0].resources, "secrets") && aws_eks_cluster.this.encryption_config[0].provider[0].key_arn == var.key_arn
    error_message = "The secrets of the cluster are not encrypted with its key."
  }
  assert {
    condition     = aws_cloudwatch_log_group.control.kms_key_id == var.key_arn
    error_message = "The logs of the control plane are not encrypted with the cluster's key."
  }
  assert {
    condition     = aws_launch_template.nodes.block_device_mappings[0].ebs[0].encrypted == "true" && aws_launch_template.nodes.block_device_mappings[0].ebs[0].kms_key_id == var.key_arn
    error_message = "The disks of the nodes are not encrypted with the cluster's key."
  }
}

run "The_control_plane_logs_all_that_it_can" {
  assert {
    condition     = aws_eks_cluster.this.enabled_cluster_log_types == toset(["api", "audit", "authenticator", "controllerManager", "scheduler"])
    error_message = "The control plane does not log everything."
  }
}

run "A_pod_does_not_get_the_role_of_its_node" {
  assert {
    condition     = aws_launch_template.nodes.metadata_options[0].http_tokens == "required" && aws_launch_template.nodes.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "A pod reaches what says which role its node has."
  }
  assert {
    condition     = aws_iam_openid_connect_provider.this.url == "https://oidc.eks.eu-central-1.amazonaws.com/id/1"
    error_message = "Nobody vouches for the service accounts of the cluster."
  }
}

run "A_node_may_do_what_a_node_must_and_has_no_public_address" {
  assert {
    condition     = toset([for attachment in aws_iam_role_policy_attachment.nodes : attachment.policy_arn]) == toset([for policy in ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryReadOnly"] : "arn:aws:iam::aws:policy/${policy}"])
    error_message = "The policies of the nodes are ${join(", ", [for attachment in aws_iam_role_policy_attachment.nodes : attachment.policy_arn])}; a node needs those for the cluster, the addresses of pods and the images, and no other."
  }
  assert {
    condition     = [for statement in jsondecode(aws_iam_role.nodes.assume_role_policy).Statement : statement.Principal] == [{ Service = "ec2.amazonaws.com" }]
    error_message = "Others than EC2 get the role of the nodes."
  }
  assert {
    condition     = alltrue([for interface in aws_launch_template.nodes.network_interfaces : try(tobool(interface.associate_public_ip_address), false) != true])
    error_message = "A node has a public address."
  }
}

run "The_role_of_the_control_plane_is_had_for_this_account_alone" {
  assert {
    condition     = alltrue([for statement in jsondecode(aws_iam_role.control.assume_role_policy).Statement : statement.Principal == { Service = "eks.amazonaws.com" } && try(statement.Condition.StringEquals["aws:SourceAccount"], "") == "123456789012"])
    error_message = "Others than EKS get the role of the control plane, or EKS for another account: a condition on aws:SourceAccount is missing."
  }
}

run "Nodes_go_one_after_another_and_are_not_taken_away_by_their_market" {
  assert {
    condition     = alltrue([for group in aws_eks_node_group.this : try(group.update_config[0].max_unavailable, null) == 1 && try(group.update_config[0].max_unavailable_percentage, null) == null])
    error_message = "An update takes more than one node of a zone at a time."
  }
  assert {
    condition     = alltrue([for group in aws_eks_node_group.this : group.capacity_type != "SPOT"])
    error_message = "The nodes are spot instances, which may all be taken away at once."
  }
}

run "Each_zone_has_nodes_that_scale_by_themselves" {
  assert {
    condition     = length(aws_eks_node_group.this) == 3 && alltrue([for group in aws_eks_node_group.this : group.scaling_config[0].min_size == 1 && group.scaling_config[0].max_size == 3 && length(group.subnet_ids) == 1])
    error_message = "The groups of nodes are not one in each zone, from 1 to 3 nodes."
  }
}

run "Two_nodes_are_refused" {
  command = plan
  variables {
    nodes = { instance_types = ["m7i.large"], min = 2, desired = 3, max = 9, disk_gib = 100 }
  }
  expect_failures = [var.nodes]
}
