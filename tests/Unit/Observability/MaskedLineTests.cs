using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Testing;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Observability;

/// <summary>What Fluentd makes of a line, without Fluentd: config/logging/fluentd/filter_container_line.rb, by the Ruby of this machine.
/// The suite logging has it done by Fluentd itself.</summary>
public sealed class MaskedLineTests
{
    private const string Program = "ruby";
    private const string Filter = "module Fluent; module Plugin; class Filter; end; def self.register_filter(*) = nil; end; end";

    // Line by line, as a line that is read and as one that was refused.
    private const string Script = """
        line, refused = Fluent::Plugin::ContainerLineFilter.new, Fluent::Plugin::RefusedLineFilter.new
        $stdin.each_line(chomp: true) do |text|
          puts JSON.generate([line.filter('t', Time.at(0), { 'message' => text.b }), refused.filter('t', nil, { 'message' => text.b })])
        end
        """;

    // What no line of JSON can hold, as a step of the pipeline may have made it.
    private const string Refused = """
        deep = 'password=hunter2'
        200.times { deep = [deep] }
        record = {
          'id' => 'x', 'value' => Float::NAN, 'more' => [Float::INFINITY, -Float::INFINITY, 2**70, nil], 'deep' => deep,
          "no UTF-8 \xff".b => "password=hunter2 \xff".b, 'message' => '{"password":"hunter2","value":NaN}'
        }
        puts JSON.generate(Fluent::Plugin::RefusedLineFilter.new.filter('t', nil, record))
        """;

    /// <summary>Each holds a secret, all or the rest of which is <c>hunter2</c>.</summary>
    private static readonly string[] Secrets =
    [
        """{"passwords":["hunter2","b"],"trace_id":"t"}""",
        """{"credentials":{"user":"x","value":"hunter2"},"trace_id":"t"}""",
        """{"Message":"x","State":{"Secrets":[[{"a":"hunter2"}]]},"trace_id":"t"}""",
        """{"Message":"password=Ab9\\u002Bhunter2","trace_id":"t"}""",
        """{"Message":"password=Ab9\u002Bhunter2","trace_id":"t"}""",
        """{"Message":"body {\"user\":\"x\",\"passwords\":[\"hunter2\"]}","trace_id":"t"}""",
        """{"Message":"body {\"user\":\"x\",\"password\":\"a b hunter2\"}","trace_id":"t"}""",
        """{"Message":"Enter password:","pass\u0077ord":"hunter2","trace_id":"t"}""",
        """{"Message":"x","password=hunter2":1,"trace_id":"t"}""",
        @"password=Ab9\u002Bhunter2",
        "password=hun,hunter2",
        "password=hun)hunter2",
        "password=hun}hunter2",
        "password=hun]hunter2",
        "password=hun&hunter2",
        "password=hun;hunter2",
        "password=b'hunter2'",
        "password=hun\"hunter2",
        "user[password]=hunter2",
        "DBPASS='hun hunter2'",
        "--password 'hun hunter2'",
        "token: Bearer hunter2hunter2",
        "password=x,secret=\"y hunter2\"",
        """{"password":"hunter2","value":NaN}""",
        """{"passwords":[["x"],"hunter2"],"value":NaN}""",
        """{"password":5,"secret":"hunter2","value":NaN}""",
        """{"Message":"Enter password:","secret":"hunter2","value":NaN}""",
        """{"Message":"cut short","password":"hunter2""",
        """{"Message":"body {\"password\":\"hunter2\" cut short""",
        """["password=hun,hunter2"]""",
    ];

    [Fact]
    public async Task No_part_of_a_secret_is_left()
    {
        var made = await MadeOfAsync(Secrets);

        Assert.All(made, line => Assert.DoesNotContain("hunter2", line.GetRawText(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"passwords":["hunter2"],"trace_id":"t"}""", """{"passwords":["•••"],"trace_id":"t"}""")]
    [InlineData("""{"Message":"Enter password:","trace_id":"t"}""", "Enter password:")]
    [InlineData("""{"Message":"Unexpected token: 'x' at 3","trace_id":"t"}""", "Unexpected token: ••• at 3")]
    [InlineData("""{"Message":"settings","State":{"DBPASS":"a"},"trace_id":"t"}""", "settings")]
    public async Task What_was_JSON_is_JSON_and_its_trace_id_a_field(string line, string message)
    {
        var made = Assert.Single(await MadeOfAsync(line))[0];

        Assert.Equal(message, made.GetProperty("message").GetString());
        Assert.Equal("t", made.GetProperty("trace_id").GetString());
        Assert.Equal("t", made.GetProperty("log").GetProperty("trace_id").GetString());
    }

    [Theory]
    [InlineData("no secret at all")]
    [InlineData("3 tokens of 5, and a password that nobody tells")]
    [InlineData("http://server:8080/buffs")]
    public async Task What_holds_no_secret_stays(string line)
    {
        var made = Assert.Single(await MadeOfAsync(line))[0];

        Assert.Equal(line, made.GetProperty("message").GetString());
    }

    /// <summary>Under the label @ERROR nothing may be refused once more.</summary>
    [Fact]
    public async Task What_was_refused_becomes_text_that_every_step_behind_takes()
    {
        var made = Assert.Single(await PrintedAsync(Refused, ""));

        Assert.Equal(["id", "message"], made.EnumerateObject().Select(field => field.Name));
        Assert.Equal("x", made.GetProperty("id").GetString());
        Assert.Contains("NaN", made.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", made.GetRawText(), StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<JsonElement>> MadeOfAsync(params string[] lines) => PrintedAsync(Script, string.Join('\n', lines));

    /// <summary>What a script prints that knows the filters, a line of JSON each.</summary>
    private static async Task<IReadOnlyList<JsonElement>> PrintedAsync(string script, string input)
    {
        if (ProgramPlaces.Of(Program) is not [var ruby, ..])
        {
            Lack.Of(
                $"the program {Program} is in no folder of {ProgramPlaces.Looked()}: name a folder that has it in {ProgramPlaces.Variable}",
                isAllowed: true
            );
            return [];
        }

        using var folder = new TemporaryFolder();
        var plugins = Directory.CreateDirectory(Path.Combine(folder.Path, "fluent", "plugin")).FullName;
        await File.WriteAllTextAsync(Path.Combine(plugins, "filter.rb"), Filter, TestContext.Current.CancellationToken);
        var result = await Cli.Wrap(ruby)
            .WithArguments([
                "-EUTF-8",
                "-I",
                folder.Path,
                "-r",
                Path.Combine(ProjectRoot.Find().Config, "logging", "fluentd", "filter_container_line.rb"),
                "-e",
                script,
            ])
            .WithStandardInputPipe(PipeSource.FromString(input))
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

        return
        [
            .. result
                .StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];
    }
}
