output "vpc_id" {
  description = "Id of the network."
  value       = aws_vpc.this.id
}

output "cidr" {
  description = "Addresses of the network."
  value       = aws_vpc.this.cidr_block
}

output "private_subnets" {
  description = "Id of the subnet of each zone that has no way in."
  value       = { for zone, subnet in aws_subnet.private : zone => subnet.id }

  # Nodes find no way out before the routes are there.
  depends_on = [aws_route.private, aws_route_table_association.private]
}

output "private_cidrs" {
  description = "Addresses of the nodes and pods, of each zone."
  value       = { for zone, subnet in aws_subnet.private : zone => subnet.cidr_block }
}
