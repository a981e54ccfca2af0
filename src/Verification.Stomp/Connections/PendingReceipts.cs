using System.Diagnostics.CodeAnalysis;

namespace Verification.Stomp;

/// <summary>The calls of a conversation that wait for their receipts, and the one timer that looks after their time-outs.</summary>
internal sealed class PendingReceipts : IDisposable
{
    private readonly string peer;
    private readonly TimeSpan patience;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly Lock changing = new();
    private readonly Dictionary<long, PendingReceipt> waiting = [];
    private readonly Stack<PendingReceipt> spare = [];
    private StompException? end;
    private long lastId;
    private long nextLook = long.MaxValue;

    /// <summary>Creates it.</summary>
    /// <param name="peer">The broker, to name it in errors.</param>
    /// <param name="patience">How long a receipt may take.</param>
    /// <param name="time">The clock.</param>
    public PendingReceipts(string peer, TimeSpan patience, TimeProvider time)
    {
        this.peer = peer;
        this.patience = patience;
        this.time = time;
        timer = time.CreateTimer(_ => EndLate(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many calls wait.</summary>
    public int Count
    {
        get
        {
            lock (changing)
                return waiting.Count;
        }
    }

    /// <summary>Expects a receipt from now on; its number is to be sent with the command.</summary>
    /// <param name="command">What is to be confirmed.</param>
    /// <param name="since">Timestamp at which the call began.</param>
    /// <exception cref="StompException">The conversation has ended.</exception>
    public PendingReceipt Expect(string command, long since)
    {
        var deadline = since + (long)(patience.TotalSeconds * time.TimestampFrequency);
        lock (changing)
        {
            if (end is not null)
                throw end.Echo();
            if (!spare.TryPop(out var receipt))
                receipt = new PendingReceipt(this);
            receipt.Begin(++lastId, command, deadline);
            waiting.Add(receipt.Id, receipt);
            if (deadline < nextLook)
                LookAt(deadline);
            return receipt;
        }
    }

    /// <summary>Takes out a call, if it still waits: only who has taken it may end it.</summary>
    public bool TryTake(long id, [NotNullWhen(true)] out PendingReceipt? receipt)
    {
        lock (changing)
            return waiting.Remove(id, out receipt);
    }

    /// <summary>Takes back what serves no call any more.</summary>
    public void Return(PendingReceipt receipt)
    {
        lock (changing)
            spare.Push(receipt);
    }

    /// <summary>Fails all that waits, and whatever comes later.</summary>
    public void End(StompException cause)
    {
        List<PendingReceipt> left;
        lock (changing)
        {
            end = cause;
            left = [.. waiting.Values];
            waiting.Clear();
        }

        foreach (var receipt in left)
            receipt.Fail(cause.Echo());
    }

    public void Dispose() => timer.Dispose();

    private void EndLate()
    {
        List<PendingReceipt> late;
        lock (changing)
        {
            var now = time.GetTimestamp();
            late = [.. waiting.Values.Where(receipt => receipt.Deadline <= now)];
            foreach (var receipt in late)
                waiting.Remove(receipt.Id);
            nextLook = long.MaxValue;
            if (end is null && waiting.Count > 0)
                LookAt(waiting.Values.Min(receipt => receipt.Deadline));
        }

        foreach (var receipt in late)
            receipt.Fail(new StompConnectionException($"{peer} did not confirm {receipt.Command} within {patience.TotalSeconds:0.#} s."));
    }

    private void LookAt(long deadline)
    {
        nextLook = deadline;
        // A timer counts whole milliseconds: rather a little late than too early.
        var wait = Math.Ceiling(time.GetElapsedTime(time.GetTimestamp(), deadline).TotalMilliseconds);
        timer.Change(TimeSpan.FromMilliseconds(Math.Max(wait, 1)), Timeout.InfiniteTimeSpan);
    }
}
