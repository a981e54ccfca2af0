using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Verification.Gate.Tools;

/// <summary>Gets files over HTTP. What a broken connection has left is taken up where it ended, in this call and in a later one.</summary>
/// <param name="http">Asks.</param>
/// <param name="patience">How long a server may send nothing.</param>
internal sealed class ResumingDownload(HttpClient http, TimeSpan patience)
{
    private const int BufferBytes = 128 * 1024;

    // In a row without a further byte.
    private const int MostFruitless = 3;

    /// <summary>A text.</summary>
    /// <exception cref="ToolException">It can't be had.</exception>
    public async Task<string> TextAsync(Uri address, CancellationToken cancellationToken)
    {
        using var patient = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patient.CancelAfter(patience);
        try
        {
            using var response = await http.GetAsync(address, patient.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadAsStringAsync(patient.Token).ConfigureAwait(false)
                : throw Refused(address, response.StatusCode);
        }
        catch (Exception e) when (IsBroken(e) && !cancellationToken.IsCancellationRequested)
        {
            throw new ToolException($"{address} can't be had: {Said(e)}");
        }
    }

    /// <summary>A file.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="part">Where it goes; what an earlier call has left there is gone on with.</param>
    /// <param name="cancellationToken">Ends it; what has come stays.</param>
    /// <exception cref="ToolException">It can't be had, or not all of it: what has come stays.</exception>
    /// <exception cref="IOException">It can't be written.</exception>
    public async Task ToFileAsync(Uri address, string part, CancellationToken cancellationToken)
    {
        for (var fruitless = 0; ; )
        {
            var before = LengthOf(part);
            try
            {
                await GoOnAsync(address, part, before, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (IsBroken(e) && !cancellationToken.IsCancellationRequested)
            {
                fruitless = LengthOf(part) > before ? 0 : fruitless + 1;
                if (fruitless == MostFruitless)
                    throw new ToolException(
                        LengthOf(part) is var bytes and > 0
                            ? $"{address} breaks off after {bytes:N0} bytes ({Said(e)}); the next call goes on from there"
                            : $"{address} can't be had: {Said(e)}"
                    );
            }
        }
    }

    private async Task GoOnAsync(Uri address, string part, long from, CancellationToken cancellationToken)
    {
        using var patient = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patient.CancelAfter(patience);
        using var question = new HttpRequestMessage(HttpMethod.Get, address);
        if (from > 0)
            question.Headers.Range = new RangeHeaderValue(from, null);
        using var response = await http.SendAsync(question, HttpCompletionOption.ResponseHeadersRead, patient.Token).ConfigureAwait(false);
        var goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == from;
        if (from > 0 && response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            if (response.Content.Headers.ContentRange?.Length == from)
                return; // All of it had come.
            File.Delete(part); // It is none of this file.
            await GoOnAsync(address, part, 0, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!goesOn && response.StatusCode != HttpStatusCode.OK)
            throw Refused(address, response.StatusCode);

        var file = new FileStream(part, goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write);
        await using var closing = file.ConfigureAwait(false);
        using var body = await response.Content.ReadAsStreamAsync(patient.Token).ConfigureAwait(false);
        var buffer = new byte[BufferBytes];
        while (await body.ReadAsync(buffer, patient.Token).ConfigureAwait(false) is var count and > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            patient.CancelAfter(patience);
        }
    }

    private static ToolException Refused(Uri address, HttpStatusCode status) =>
        new($"{address} is answered with {(int)status}: see that config/versions.yaml names a version that was released");

    private static long LengthOf(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    /// <summary>Whether a failure is one of the connection, not of the disk.</summary>
    private static bool IsBroken(Exception failure) =>
        failure is HttpIOException or HttpRequestException or OperationCanceledException or IOException { InnerException: SocketException };

    private string Said(Exception failure) =>
        failure is OperationCanceledException
            ? $"nothing came for {patience.TotalSeconds:0.#} s"
            : failure.GetBaseException().Message.TrimEnd('.');
}
