# frozen_string_literal: true

require 'digest'
require 'json'
require 'fluent/plugin/filter'

module Fluent
  module Plugin
    # Makes of a line that the kubelet has written what is stored of it. Whatever the line holds, it comes out: as JSON taken apart, or as the text it is.
    class ContainerLineFilter < Filter
      Fluent::Plugin.register_filter('container_line', self)

      MASK = '•••'

      # Deeper than this it is kept as text: buffers take 128 levels.
      DEEPEST = 64

      # What a secret stands behind, and between the two. Nothing here looks back further than a few dozen characters: a line may have a million.
      NAMED = /(?:pass(?:word|wd|code|phrase)?|pwd|secret|token|api[_-]?key|credentials?|requirepass|masterauth)(?>[\w.-]{0,32})/i
      IS = /\s{0,8}(?:=>|%3D|[:=])\s{0,8}/i

      # Each keeps its first group; what stands in the place of the rest leaves JSON what it was.
      SECRETS = {
        /(#{NAMED}\\{0,3}["']?#{IS})(?:"(?:[^"\\]|\\.)*+"|'[^']*+')/i => %("#{MASK}"),
        /(#{NAMED}"\s{0,8}:\s{0,8})[^\s"',;&}\])]+/i => %("#{MASK}"),
        /(#{NAMED}\\{0,3}["']?#{IS}\\{0,3}["']?)(?!["'•])[^\s"'\\,;&}\])]+/i => MASK,
        /(#{NAMED}>)[^<]+/i => MASK,
        /((?:--[\w-]{0,32}pass[\w-]{0,16}|requirepass|masterauth|identified\s{1,8}by)\s{1,8}["']?)[^\s"']+/i => MASK,
        %r{(://[^\s/:@"']{0,128}:)[^\s/@"']{1,256}(?=@)} => MASK,
        %r{(\b(?:Bearer|Basic)\s{1,4})[\w+/=.~-]{8,}}i => MASK
      }.freeze

      # POD_NAMESPACE_CONTAINER-ID.log
      FILE = %r{/(?<pod>[^_/]+)_(?<namespace>[^_/]+)_(?<container>[^/]+)-\h{12,64}\.log\z}

      LEVELS = %w[LogLevel level severity].freeze
      MESSAGES = %w[Message message msg].freeze
      LOGGERS = %w[Category logger].freeze
      TRACES = %w[trace_id traceId TraceId].freeze

      def filter(_tag, time, record)
        text = (record['message'] || record['unmatched_line'] || '').dup.force_encoding(Encoding::UTF_8).scrub("\uFFFD")
        id = Digest::SHA256.hexdigest("#{record['origin']} #{time.to_i}.#{time.nsec} #{text}")
        text = mask(text)
        stored = { 'id' => id, 'stream' => record['stream'], 'kubernetes' => place(record['file']), 'message' => text }.compact
        log = parse(text)
        log ? stored.merge(told(log)) : stored
      end

      private

      def mask(text)
        SECRETS.reduce(text) { |masked, (secret, instead)| masked.gsub(secret) { "#{Regexp.last_match(1)}#{instead}" } }
      end

      # Who wrote it, as the name of the file says.
      def place(file)
        match = FILE.match(file || '') or return { 'file' => file }.compact
        match.named_captures
      end

      # The object that a line is; nil where it is none, or none that every step behind this one takes.
      def parse(text)
        return unless text.start_with?('{')

        object = JSON.parse(text, max_nesting: DEEPEST)
        object if takes?(object)
      rescue JSON::ParserError
        nil
      end

      def takes?(value)
        case value
        when Hash then value.all? { |key, inner| key.valid_encoding? && takes?(inner) }
        when Array then value.all? { |inner| takes?(inner) }
        when Integer then value.bit_length < 64
        when Float then value.finite?
        when String then value.valid_encoding?
        else true
        end
      end

      # What of an object has a place of its own. The object stands beside it, whole: none of its keys is one of the pipeline's.
      def told(log)
        state = log['State'].is_a?(Hash) ? log['State'] : {}
        {
          'message' => first(log, MESSAGES), 'level' => first(log, LEVELS), 'logger' => first(log, LOGGERS),
          'trace_id' => first(log, TRACES) || first(state, TRACES), 'log' => log
        }.compact
      end

      def first(object, keys)
        keys.filter_map { |key| object[key] if object[key].is_a?(String) }.first
      end
    end
  end
end
