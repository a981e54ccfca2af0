using System.Buffers;
using System.Globalization;
using System.Text;
using Verification.Platform;

namespace Verification.Load;

/// <summary>Writes requests as they go over the wire, again and again into one buffer.</summary>
internal sealed class RequestWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new(256);

    /// <summary>A request; good until the next.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="host">Value of the header Host.</param>
    public ReadOnlyMemory<byte> Write(HttpQuestion question, string host)
    {
        buffer.ResetWrittenCount();
        Add(question.Method.Method);
        Add(" ");
        Add(question.Path);
        Add(" HTTP/1.1\r\nHost: ");
        Add(host);
        foreach (var (name, value) in question.Headers)
            AddHeader(name, value);
        if (question is { Body: not null, ContentType.Length: > 0 })
            AddHeader("Content-Type", question.ContentType);
        if (question.Body is { } body)
            AddBody(body, question.Chunked);
        else
            Add("\r\n\r\n");
        return buffer.WrittenMemory;
    }

    private void AddBody(byte[] body, bool isChunked)
    {
        if (!isChunked)
        {
            AddHeader("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture));
            Add("\r\n\r\n");
            buffer.Write(body);
            return;
        }

        AddHeader("Transfer-Encoding", "chunked");
        Add("\r\n\r\n");
        if (body.Length > 0)
        {
            Add(body.Length.ToString("x", CultureInfo.InvariantCulture));
            Add("\r\n");
            buffer.Write(body);
            Add("\r\n");
        }

        Add("0\r\n\r\n");
    }

    private void AddHeader(string name, string value)
    {
        Add("\r\n");
        Add(name);
        Add(": ");
        Add(value);
    }

    private void Add(string text) => Encoding.UTF8.GetBytes(text, buffer);
}
