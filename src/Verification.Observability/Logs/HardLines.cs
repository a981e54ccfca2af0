using System.Buffers;
using System.Globalization;
using System.Text;
using Verification.Stack.NodeLogs;

namespace Verification.Observability;

/// <summary>Lines that pipelines stumble over, as a file of the kubelet. Each has a word by which it is found.</summary>
public sealed class HardLines
{
    private const int Mebibyte = 1024 * 1024;

    // Longer than a keyword may be, and deeper than a buffer takes.
    private const int TooLong = 40_000;
    private const int TooDeep = 200;
    private readonly ArrayBufferWriter<byte> file = new();
    private readonly List<string> words = [];
    private readonly Dictionary<string, string> whole = new(StringComparer.Ordinal);
    private readonly string run;
    private DateTimeOffset time;

    /// <summary>Makes them.</summary>
    /// <param name="run">What their words begin with, letters and digits.</param>
    /// <param name="time">The time of the first; each is a millisecond later.</param>
    public HardLines(string run, DateTimeOffset time)
    {
        (this.run, this.time) = (run, time);
        Texts();
        Objects();
        Values();
        Parts();
        Endless();
        Line(word => $"and then an ordinary line {word}");
    }

    /// <summary>The word of each line.</summary>
    public IReadOnlyList<string> Words => words;

    /// <summary>What those say that come in parts, by their words.</summary>
    public IReadOnlyDictionary<string, string> Whole => whole;

    /// <summary>The file.</summary>
    public ReadOnlyMemory<byte> File => file.WrittenMemory;

    private void Texts()
    {
        Line(word => $"no JSON at all {word}");
        Line(word => $$"""{"message":"cut short {{word}}""");
        Line(word => $$"""{"message":"followed by something {{word}}"} trailing""");
        Line(word => $"""["an array","{word}"]""");
        Line(word => $"carriage return {word}\r");
        Line(word => $"a NUL \0 in it {word}");
        Line(word => $"a line separator \u2028 in it {word}");
        Line(word => [.. "bytes that are no UTF-8 "u8, 0xff, 0xfe, 0xc3, .. Encoding.UTF8.GetBytes($" {word}")]);
        Line(word => [.. """{"message":"the same in JSON """u8, 0xff, 0xfe, .. Encoding.UTF8.GetBytes($" {word}\"}}")]);
        Raw(word => $"no line of the kubelet {word}");
        Raw(word => $"yesterday stdout F with a time that is none {word}");
    }

    private void Objects()
    {
        Line(word =>
            $$"""{"message":"own fields of the pipeline {{word}}","id":"1","time":"now","file":"x","stream":{"a":1},"origin":[],"kubernetes":"x"}"""
        );
        Line(word => $$"""{"message":"a bad time {{word}}","@timestamp":"yesterday"}""");
        Line(word => $$"""{"message":"State is a text {{word}}","State":"x"}""");
        Line(word => $$"""{"message":"State is an array {{word}}","State":[1,{"Rows":"x"}]}""");
        Line(word => $$"""{"message":null,"text":"message is null {{word}}"}""");
        Line(word => $$$"""{"message":{"text":"message is an object {{{word}}}"}}""");
        Line(word => $$"""{"message":"an empty key {{word}}","":1}""");
        Line(word => $$"""{"message":"dots for keys {{word}}","a..b":1,".":2}""");
        Line(word => $$"""{"message":"a key twice {{word}}","status":1,"status":2}""");
        Line(word =>
            $$"""{"message":"3,000 keys {{word}}",{{string.Join(',', Enumerable.Range(0, 3000).Select(key => $"\"key{key}\":{key}"))}}}"""
        );
        Line(word => $$"""{"message":"{{TooDeep}} levels {{word}}","deep":{{new string('[', TooDeep)}}{{new string(']', TooDeep)}}}""");
    }

    private void Values()
    {
        Line(word => $$"""{"message":"a text for an integer {{word}}","status":"none"}""");
        Line(word => $$$"""{"message":"an object for an integer {{{word}}}","status":{"code":1}}""");
        Line(word => $$"""{"message":"NaN {{word}}","value":NaN}""");
        Line(word => $$"""{"message":"more than a double holds {{word}}","value":1e999}""");
        Line(word => $$"""{"message":"more than 64 bits {{word}}","value":123456789012345678901234567890}""");
        Line(word => $$"""{"message":"half a surrogate {{word}}","value":"\ud800"}""");
        Line(word => $$"""{"message":"a NUL {{word}}","value":"\u0000"}""");
        Line(word => $$"""{"message":"a long keyword {{word}}","Category":"{{new string('k', TooLong)}}"}""");
        Line(word => $$"""{"message":"a long trace {{word}}","trace_id":"{{new string('k', TooLong)}}"}""");
    }

    private void Parts()
    {
        Long(word => $"a mebibyte {word} {new string('x', Mebibyte)}");
        // Where a part ends, a character does not.
        Long(word => $"!{new string('ü', KubeletFile.LongestPart)} two bytes each {word}");
        var (output, error) = (Word(), Word());
        whole[output] = $"out, first part and last {output}";
        whole[error] = $"err, first part and last {error}";
        Write("stdout", 'P', "out, first part"u8);
        Write("stderr", 'P', "err, first part"u8);
        Write("stderr", 'F', Encoding.UTF8.GetBytes($" and last {error}"));
        Write("stdout", 'F', Encoding.UTF8.GetBytes($" and last {output}"));
    }

    /// <summary>Nothing follows on its stream.</summary>
    private void Endless()
    {
        var word = Word();
        whole[word] = $"err, and no last part {word}";
        Write("stderr", 'P', Encoding.UTF8.GetBytes(whole[word]));
    }

    private void Line(Func<string, string> text) => Line(word => Encoding.UTF8.GetBytes(text(word)));

    private void Line(Func<string, byte[]> bytes) => Write("stdout", 'F', bytes(Word()));

    private void Long(Func<string, string> text)
    {
        var word = Word();
        whole[word] = text(word);
        var rest = Encoding.UTF8.GetBytes(whole[word]).AsSpan();
        for (; rest.Length > KubeletFile.LongestPart; rest = rest[KubeletFile.LongestPart..])
            Write("stdout", 'P', rest[..KubeletFile.LongestPart]);
        Write("stdout", 'F', rest);
    }

    private void Raw(Func<string, string> line)
    {
        file.Write(Encoding.UTF8.GetBytes(line(Word())));
        file.Write("\n"u8);
    }

    private void Write(string stream, char tag, ReadOnlySpan<byte> text)
    {
        file.Write(
            Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffff}00Z {stream} {tag} ")
            )
        );
        file.Write(text);
        file.Write("\n"u8);
        time = time.AddMilliseconds(1);
    }

    private string Word()
    {
        words.Add(string.Create(CultureInfo.InvariantCulture, $"{run}w{words.Count}"));
        return words[^1];
    }
}
