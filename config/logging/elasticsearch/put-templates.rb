# frozen_string_literal: true

# Puts to Elasticsearch what it must know before the first line comes: the files beside this one. Again, it changes nothing.
# Environment: FLUENT_ELASTICSEARCH_* as in fluent.conf; RETENTION=false where it has no lifecycle policies.

require 'net/http'
require 'openssl'

PATIENCE = 120

# By the place that each has.
FILES = {
  '/_ilm/policy/platform-retention' => 'retention-policy.json',
  '/_component_template/platform-retention' => 'retention-settings.json',
  '/_index_template/platform-logs' => 'logs-template.json',
  '/_index_template/platform-refused' => 'refused-template.json'
}.freeze

def variable(name, otherwise = nil)
  value = ENV.fetch("FLUENT_ELASTICSEARCH_#{name}", '')
  value.empty? ? otherwise : value
end

def elasticsearch
  http = Net::HTTP.new(variable('HOST') || abort('put-templates: FLUENT_ELASTICSEARCH_HOST is not set: it names the host of Elasticsearch.'),
                       Integer(variable('PORT', '9200')), nil)
  http.use_ssl = variable('SCHEME') == 'https'
  http.ca_file = variable('CA_PATH')
  http.open_timeout = http.read_timeout = 10
  http
end

def put(path, file)
  request = Net::HTTP::Put.new(path, 'Content-Type' => 'application/json')
  request.basic_auth(variable('USER'), variable('PASSWORD')) if variable('USER')
  request.body = File.read(File.join(__dir__, file))
  elasticsearch.request(request)
end

since = Process.clock_gettime(Process::CLOCK_MONOTONIC)
FILES.each do |path, file|
  next if file.start_with?('retention') && ENV['RETENTION'] == 'false'

  begin
    answer = put(path, file)
    # It starts, or its master is being chosen.
    raise IOError, "it answers #{answer.code}: #{answer.body}" if answer.code == '503'
  rescue SystemCallError, SocketError, IOError, Timeout::Error, OpenSSL::SSL::SSLError => e
    if Process.clock_gettime(Process::CLOCK_MONOTONIC) - since > PATIENCE
      abort "put-templates: Elasticsearch at #{variable('HOST')} does not answer after #{PATIENCE} s: #{e.message}"
    end
    sleep 1
    retry
  end
  abort "put-templates: Elasticsearch does not take #{file}: it answers #{answer.code}: #{answer.body}" unless answer.is_a?(Net::HTTPSuccess)
  puts "put-templates: #{path}"
end
