output "hosts" {
  description = "The addresses of the pair, for broker.host of an environment."
  value       = join(",", [for instance in aws_mq_broker.this.instances : one([for endpoint in instance.endpoints : regex("stomp[+]ssl://([^:]+):", endpoint)[0] if startswith(endpoint, "stomp+ssl://")])])
}
