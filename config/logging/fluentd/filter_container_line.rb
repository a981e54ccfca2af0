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

      # A value in quotes, whether they end or not, or in brackets, which may hold further ones: they go to the end.
      QUOTED = /"(?:[^"\\]|\\.)*+"?|'(?:[^'\\]|\\.)*+'?|\\{1,7}["'].*?(?:\\{1,7}["']|\z)|[{\[].*/m

      # One without goes to white space, or to a quote that closes what is around it: escapes and punctuation are of it.
      BARE = /(?:[^\s"'\\]++|\\++(?!["'])|["'](?![\s,;:}\])]|\z))++/

      # In text: each keeps its first group. Those in quotes come before those without, which may reach over the name of another.
      SECRETS = [
        %r{(\b(?:Bearer|Basic)\s{1,4})[\w+/=.~-]{8,}}i,
        /(#{NAMED}[\\"'\]]{0,8}#{IS})#{QUOTED}/i,
        /(#{NAMED}[\\"'\]]{0,8}#{IS})#{BARE}/i,
        /(#{NAMED}>)[^<]+/i,
        /((?:--[\w-]{0,32}pass[\w-]{0,16}|requirepass|masterauth|identified\s{1,8}by)\s{1,8})(?:#{QUOTED}|#{BARE})/i,
        %r{(://[^\s/:@"']{0,128}:)[^\s/@"']{1,256}(?=@)}
      ].freeze

      # Without one of these nothing of that is in a text.
      HINT = %r{pass|pwd|secret|token|api[_-]?key|credential|masterauth|identified|bearer|basic|://}i

      # POD_NAMESPACE_CONTAINER-ID.log
      FILE = %r{/(?<pod>[^_/]+)_(?<namespace>[^_/]+)_(?<container>[^/]+)-\h{12,64}\.log\z}

      LEVELS = %w[LogLevel level severity].freeze
      MESSAGES = %w[Message message msg].freeze
      LOGGERS = %w[Category logger].freeze
      TRACES = %w[trace_id traceId TraceId].freeze

      def filter(_tag, time, record)
        text = utf8(record['message'] || record['unmatched_line'] || '')
        id = Digest::SHA256.hexdigest("#{record['origin']} #{time.to_i}.#{time.nsec} #{text}")
        stored = { 'id' => id, 'stream' => record['stream'], 'kubernetes' => place(record['file']) }.compact
        log = parse(text)
        stored.merge(log ? told(mask(log)) : { 'message' => masked(text) })
      end

      private

      def utf8(text)
        text.dup.force_encoding(Encoding::UTF_8).scrub("\uFFFD")
      end

      # A value of JSON without its secrets: what stands behind the name of one, at any depth, and what a text says.
      def mask(value, secret: false)
        case value
        when Hash then value.to_h { |key, inner| [masked(key), mask(inner, secret: secret || key.match?(NAMED))] }
        when Array then value.map { |inner| mask(inner, secret: secret) }
        when String then secret ? MASK : masked(value)
        when Numeric then secret ? MASK : value
        else value
        end
      end

      def masked(text)
        return text unless text.match?(HINT)

        SECRETS.reduce(text) { |rest, secret| rest.gsub(secret) { "#{Regexp.last_match(1)}#{MASK}" } }
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
          'message' => first(log, MESSAGES) || JSON.generate(log), 'level' => first(log, LEVELS), 'logger' => first(log, LOGGERS),
          'trace_id' => first(log, TRACES) || first(state, TRACES), 'log' => log
        }.compact
      end

      def first(object, keys)
        keys.filter_map { |key| object[key] if object[key].is_a?(String) }.first
      end
    end

    # Makes text of a line that could not be stored, or of what has become of it so far, as masked as the lines that are.
    class RefusedLineFilter < ContainerLineFilter
      Fluent::Plugin.register_filter('refused_line', self)

      def filter(_tag, _time, record)
        { 'id' => record['id'], 'message' => mask(readable(record)).inspect }.compact
      end

      private

      def readable(value)
        case value
        when Hash then value.to_h { |key, inner| [readable(key), readable(inner)] }
        when Array then value.map { |inner| readable(inner) }
        when String then parse(utf8(value)) || utf8(value)
        else value
        end
      end
    end
  end
end
