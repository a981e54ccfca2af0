output "stores" {
  description = "The addresses, for the values of the environment, and the networks that they are in."
  value = {
    mysql    = module.mysql.host
    redis    = module.redis.host
    broker   = module.broker.hosts
    networks = values(module.network.private_cidrs)
  }
}
