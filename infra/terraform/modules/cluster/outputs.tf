output "name" {
  description = "Name of the cluster."
  value       = aws_eks_cluster.this.name
}

output "endpoint" {
  description = "Address of the control plane, within the network."
  value       = aws_eks_cluster.this.endpoint
}

output "issuer" {
  description = "Who vouches for the service accounts: ARN of the provider, and its address without https://."
  value = {
    arn  = aws_iam_openid_connect_provider.this.arn
    host = trimprefix(aws_eks_cluster.this.identity[0].oidc[0].issuer, "https://")
  }
}
