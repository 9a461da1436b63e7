<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AdministrationPage</name>
    <message>
        <source>&amp;Enrol an operator …</source>
        <translation>登记操作员(&amp;E)…</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>管理</translation>
    </message>
    <message>
        <source>Operators</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>登录名</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>岗位</translation>
    </message>
    <message>
        <source>&amp;Change roles …</source>
        <translation>更改岗位(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Withdraw …</source>
        <translation>停用(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Give passphrase …</source>
        <translation>设置口令(&amp;G)…</translation>
    </message>
    <message>
        <source>You may read this page. Operators and copies are the administrator&apos;s; your own passphrase you change yourself.</source>
        <translation>此页您可以查看。操作员和备份由系统管理员负责；您自己的口令由您自己更改。</translation>
    </message>
    <message>
        <source>Change my passphrase</source>
        <translation>更改我的口令</translation>
    </message>
    <message>
        <source>Enrol an operator</source>
        <translation>登记操作员</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>A form on this page is not saved. Save it, or leave it with Esc; then close.</source>
        <translation>本页有一张表单还没有保存。请先保存，或按 Esc 放弃，再关闭窗口。</translation>
    </message>
    <message>
        <source>Nobody can sign in as: {roles}. A batch needs them all before it can be finished.</source>
        <translation>还没有人能以这些岗位登录：{roles}。缺了其中任何一个，一个批次都办不完。</translation>
    </message>
    <message>
        <source>{roles} take {n} different people, and fewer hold them: nobody checks their own work.</source>
        <translation>{roles}须由 {n} 个不同的人担任，现在人数不够：自己经手的，不能自己复核。</translation>
    </message>
    <message>
        <source>{login} is enrolled and can sign in.</source>
        <translation>{login} 已登记，可以登录了。</translation>
    </message>
    <message>
        <source>The roles of {login} are changed.</source>
        <translation>{login} 的岗位已更改。</translation>
    </message>
    <message>
        <source>{login} is withdrawn and cannot sign in any more.</source>
        <translation>{login} 已停用，不能再登录。</translation>
    </message>
    <message>
        <source>{login} has a passphrase and can sign in.</source>
        <translation>{login} 已设口令，可以登录了。</translation>
    </message>
    <message>
        <source>Your passphrase is changed. The next sign-in asks for the new one.</source>
        <translation>您的口令已更改，下次登录请用新口令。</translation>
    </message>
</context>
<context>
    <name>AdmissionsImportPage</name>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Choose a &amp;file …</source>
        <translation>选择文件(&amp;F)…</translation>
    </message>
    <message>
        <source>Seat them &amp;here …</source>
        <translation>在本机编排(&amp;H)…</translation>
    </message>
    <message>
        <source>Preview of the admission numbers</source>
        <translation>准考证号预览</translation>
    </message>
    <message>
        <source>&amp;Give the numbers</source>
        <translation>发放准考证号(&amp;G)</translation>
    </message>
    <message>
        <source>No list chosen yet</source>
        <translation>还没有选择名单</translation>
    </message>
    <message>
        <source>Choose the province&apos;s list of admission numbers. It is matched to approved candidates by document number.</source>
        <translation>选择省里下发的准考证号名单，按证件号码与审核通过的考生对应。</translation>
    </message>
    <message>
        <source>Choose a list</source>
        <translation>选择名单</translation>
    </message>
    <message>
        <source>Sheets (*.xlsx *.xls *.csv)</source>
        <translation>表格 (*.xlsx *.xls *.csv)</translation>
    </message>
    <message>
        <source>&amp;Give {n} numbers</source>
        <translation>发放 {n} 个准考证号(&amp;G)</translation>
    </message>
    <message>
        <source>{seated} admission numbers were given; {unchanged} were the same already.</source>
        <translation>已发放 {seated} 个准考证号；另有 {unchanged} 个与原来相同。</translation>
    </message>
</context>
<context>
    <name>AgreePanel</name>
    <message>
        <source>Super&amp;visor</source>
        <translation>主管(&amp;V)</translation>
    </message>
    <message>
        <source>Passp&amp;hrase</source>
        <translation>口令(&amp;H)</translation>
    </message>
    <message>
        <source>R&amp;eason</source>
        <translation>理由(&amp;E)</translation>
    </message>
    <message>
        <source>It is kept for good.</source>
        <translation>理由将永久保存。</translation>
    </message>
    <message>
        <source>&amp;Agree</source>
        <translation>同意(&amp;A)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>A supervisor agrees to issuing by these lists, for seven days</source>
        <translation>主管同意七天之内凭现有名单签发</translation>
    </message>
    <message>
        <source>A supervisor says that the clock is right</source>
        <translation>主管确认时钟现在是对的</translation>
    </message>
    <message>
        <source>Their own passphrase is needed.</source>
        <translation>请由主管本人输入口令。</translation>
    </message>
</context>
<context>
    <name>Association</name>
    <message>
        <source>The association&apos;s lists are {days} days old. Take its updates in; until then a supervisor may agree to issuing, with a reason. At {most} days issuing stops.</source>
        <translation>协会的名单已有 {days} 天没有更新。请导入协会的更新；在此之前，主管说明理由并同意后方可签发。满 {most} 天停止签发。</translation>
    </message>
    <message>
        <source>The association&apos;s lists are {days} days old. A supervisor has agreed to issuing until {until}. Take the association&apos;s updates in.</source>
        <translation>协会的名单已有 {days} 天没有更新。主管已同意签发，有效至 {until}。请导入协会的更新。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {minutes} minutes behind the last record of this desk: no certificates are issued, all other work goes on. Put date, time and time zone right; where the clock was ahead before and is right now, a supervisor says so.</source>
        <translation>电脑时钟比本工位日志中的最后一条记录慢 {minutes} 分钟，暂停签发；其他工作照常。请改正系统的日期、时间和时区；如果是以前的时钟走快了、现在才是对的，请主管在此确认。</translation>
    </message>
    <message>
        <source>Few certificate numbers are left: {numbers}. Send the records; the association&apos;s next updates then bring new numbers. Take them in.</source>
        <translation>证书号码所剩不多：{numbers}。请发送记录；协会的下一次更新会带来新号段，请及时导入。</translation>
    </message>
    <message>
        <source>Trust list {version} of {day}</source>
        <translation>信任名单第 {version} 版，{day}</translation>
    </message>
    <message>
        <source>status lists of {day}</source>
        <translation>状态名单 {day}</translation>
    </message>
    <message>
        <source>updates of {day}</source>
        <translation>更新 {day}</translation>
    </message>
    <message>
        <source>No certificate numbers are left for this desk.</source>
        <translation>本工位没有可用的证书号码。</translation>
    </message>
    <message>
        <source>Numbers left: {numbers}</source>
        <translation>剩余号码：{numbers}</translation>
    </message>
    <message>
        <source>The library knows this desk&apos;s journal up to entry {known} of {here}</source>
        <translation>人才库已知本工位日志至第 {known} 条，共 {here} 条</translation>
    </message>
    <message>
        <source>an officer of the association has to decide on {n} entries</source>
        <translation>有 {n} 条等待协会工作人员裁定</translation>
    </message>
    <message>
        <source>The association&apos;s lists are of today.</source>
        <translation>协会的名单是今天的。</translation>
    </message>
    <message>
        <source>The association&apos;s lists are 1 day old.</source>
        <translation>协会的名单是 1 天前的。</translation>
    </message>
    <message>
        <source>The association&apos;s lists are {n} days old.</source>
        <translation>协会的名单是 {n} 天前的。</translation>
    </message>
</context>
<context>
    <name>AssociationPanel</name>
    <message>
        <source>Take in &amp;updates</source>
        <translation>导入更新(&amp;U)</translation>
    </message>
    <message>
        <source>Supervisor a&amp;grees …</source>
        <translation>主管同意(&amp;G)…</translation>
    </message>
    <message>
        <source>From a stick or a folder …</source>
        <translation>从 U 盘或文件夹…</translation>
    </message>
    <message>
        <source>Over the network …</source>
        <translation>通过网络…</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was taken in.</source>
        <translation>已取消，没有导入任何内容。</translation>
    </message>
    <message>
        <source>Taking the updates in</source>
        <translation>正在导入更新</translation>
    </message>
    <message>
        <source>Take in updates</source>
        <translation>导入更新</translation>
    </message>
    <message>
        <source>Over the network</source>
        <translation>通过网络</translation>
    </message>
    <message>
        <source>The library&apos;s address, as the association gives it:</source>
        <translation>协会提供的人才库地址：</translation>
    </message>
    <message>
        <source>From {address}</source>
        <translation>从 {address}</translation>
    </message>
</context>
<context>
    <name>BackupCard</name>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>&amp;Back up now …</source>
        <translation>立即备份(&amp;B)…</translation>
    </message>
    <message>
        <source>An encrypted copy with everybody&apos;s keys, checked before it counts. Keep it on a stick or another disk, away from this computer.</source>
        <translation>加密的副本，连同各人的钥匙，核对无误才算完成。请存在 U 盘或另一块磁盘上，与这台电脑分开保管。</translation>
    </message>
    <message>
        <source>Folder for the backup</source>
        <translation>备份存到哪个文件夹</translation>
    </message>
    <message>
        <source>Copying and checking …</source>
        <translation>正在复制并核对……</translation>
    </message>
    <message>
        <source>There is no backup yet.</source>
        <translation>还没有备份。</translation>
    </message>
    <message>
        <source>Last backup: {when}</source>
        <translation>上次备份：{when}</translation>
    </message>
    <message>
        <source>Copied to {folder} and checked.</source>
        <translation>已复制到 {folder}，核对无误。</translation>
    </message>
</context>
<context>
    <name>Batch</name>
    <message>
        <source>Plan filed</source>
        <translation>报备计划</translation>
    </message>
    <message>
        <source>Enrolment closes</source>
        <translation>报名截止</translation>
    </message>
    <message>
        <source>Seating</source>
        <translation>编排考场</translation>
    </message>
    <message>
        <source>Papers ready</source>
        <translation>试卷就绪</translation>
    </message>
    <message>
        <source>Exam</source>
        <translation>考试</translation>
    </message>
    <message>
        <source>Marks entered</source>
        <translation>成绩录入完成</translation>
    </message>
    <message>
        <source>Publicity starts</source>
        <translation>开始公示</translation>
    </message>
    <message>
        <source>Publicity may be closed</source>
        <translation>公示期满，可结束公示</translation>
    </message>
    <message>
        <source>Certificates issued</source>
        <translation>发放证书</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>&amp;File the plan</source>
        <translation>报备计划(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open enrolment</source>
        <translation>开放报名(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Close enrolment</source>
        <translation>截止报名(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Confirm the seating</source>
        <translation>确认编排(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Start the exam</source>
        <translation>开始考试(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Begin the marking</source>
        <translation>进入阅卷登分(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Open the publicity</source>
        <translation>开始公示(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Close the publicity</source>
        <translation>结束公示(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Archive the batch</source>
        <translation>归档(&amp;A)</translation>
    </message>
</context>
<context>
    <name>BatchDetail</name>
    <message>
        <source>Co&amp;py …</source>
        <translation>复制(&amp;P)…</translation>
    </message>
    <message>
        <source>Re&amp;gisters …</source>
        <translation>表册(&amp;G)…</translation>
    </message>
    <message>
        <source>Cance&amp;l the batch …</source>
        <translation>取消本批次(&amp;L)…</translation>
    </message>
    <message>
        <source>{enrolled} enrolled of {places} places · {submitted} to review · {seated} seated · {certificates} certificates</source>
        <translation>报名 {enrolled} / {places} 人 · 待审核 {submitted} · 已编排 {seated} · 证书 {certificates}</translation>
    </message>
    <message>
        <source>The State Council&apos;s notice of holidays for {years} is not known here yet: those days are counted by the week alone.</source>
        <translation>本机尚无 {years} 年的国务院节假日通知：相应日期只按星期计算。</translation>
    </message>
    <message>
        <source>Publicity ends</source>
        <translation>公示截止</translation>
    </message>
    <message>
        <source>Cancel the batch</source>
        <translation>取消批次</translation>
    </message>
    <message>
        <source>The draft stays in the list, cancelled. Nothing is deleted.</source>
        <translation>草稿保留在列表中，标为已取消；什么也不会删除。</translation>
    </message>
    <message>
        <source>&amp;Cancel the batch</source>
        <translation>取消批次(&amp;C)</translation>
    </message>
</context>
<context>
    <name>BatchForm</name>
    <message>
        <source>&amp;Code</source>
        <translation>批次编号(&amp;C)</translation>
    </message>
    <message>
        <source>Short and unique, e.g. 2026-AI-04</source>
        <translation>简短且不重复，如 2026-AI-04</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>批次名称(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Scheme</source>
        <translation>评价方案(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Exam day</source>
        <translation>考试日期(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Places</source>
        <translation>计划人数(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Open the batch</source>
        <translation>建立批次(&amp;O)</translation>
    </message>
    <message>
        <source>New batch</source>
        <translation>新建批次</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>That day is a public holiday. Is it meant?</source>
        <translation>当天是法定节假日。确定在这天考试吗？</translation>
    </message>
</context>
<context>
    <name>BatchesPage</name>
    <message>
        <source>&amp;New batch</source>
        <translation>新建批次(&amp;N)</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>No batch yet</source>
        <translation>还没有批次</translation>
    </message>
    <message>
        <source>A batch has one scheme and one exam day. Open one; candidates are then enrolled into it.</source>
        <translation>一个批次对应一个评价方案和一个考试日。先建立批次，再为考生报名。</translation>
    </message>
    <message>
        <source>Open the first batch</source>
        <translation>建立第一个批次</translation>
    </message>
    <message>
        <source>New batch</source>
        <translation>新建批次</translation>
    </message>
    <message>
        <source>Copy the batch</source>
        <translation>复制批次</translation>
    </message>
    <message>
        <source>Registers of the batch</source>
        <translation>批次表册</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Exam day</source>
        <translation>考试日期</translation>
    </message>
    <message>
        <source>Enrolled</source>
        <translation>报名人数</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>The batch is open, as a draft. File its plan next.</source>
        <translation>批次已建立（草稿）。下一步：报备计划。</translation>
    </message>
</context>
<context>
    <name>CameraPanel</name>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Hold the code into the frame, flat and in good light; it is read by itself. Esc ends.</source>
        <translation>把二维码放进方框，放平、光线充足，会自动识读。按 Esc 结束。</translation>
    </message>
</context>
<context>
    <name>CandidateChip</name>
    <message>
        <source>Stays here</source>
        <translation>不上报</translation>
    </message>
</context>
<context>
    <name>CandidateFields</name>
    <message>
        <source>&amp;Document number</source>
        <translation>证件号码(&amp;D)</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>证件类型</translation>
    </message>
    <message>
        <source>Na&amp;me</source>
        <translation>姓名(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Latin name</source>
        <translation>拼音姓名(&amp;L)</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>性别</translation>
    </message>
    <message>
        <source>Birth date</source>
        <translation>出生日期</translation>
    </message>
    <message>
        <source>Nationality</source>
        <translation>国籍（地区）</translation>
    </message>
    <message>
        <source>&amp;Phone</source>
        <translation>手机号码(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Employer</source>
        <translation>所在单位(&amp;E)</translation>
    </message>
    <message>
        <source>Education</source>
        <translation>文化程度</translation>
    </message>
    <message>
        <source>Ethnic group</source>
        <translation>民族</translation>
    </message>
    <message>
        <source>Earlier certificate</source>
        <translation>已有证书</translation>
    </message>
    <message>
        <source>Its number</source>
        <translation>证书编号</translation>
    </message>
    <message>
        <source>Enrol in &amp;batch</source>
        <translation>报名批次(&amp;B)</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>认定等级</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>工种</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>申报条件</translation>
    </message>
    <message>
        <source>Exam</source>
        <translation>考试类型</translation>
    </message>
    <message>
        <source>Guardian</source>
        <translation>监护人</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>与考生关系</translation>
    </message>
    <message>
        <source>Guardian&apos;s phone</source>
        <translation>监护人电话</translation>
    </message>
    <message>
        <source>Cohort</source>
        <translation>订单班</translation>
    </message>
    <message>
        <source>Referred by</source>
        <translation>推荐人才大使</translation>
    </message>
    <message>
        <source>Home region</source>
        <translation>户籍所在地</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮箱</translation>
    </message>
    <message>
        <source>Nominated by</source>
        <translation>公荐人</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>通讯地址</translation>
    </message>
    <message>
        <source>&amp;Reason for the correction</source>
        <translation>更正理由(&amp;R)</translation>
    </message>
    <message>
        <source>Level {n}</source>
        <translation>{n} 级</translation>
    </message>
    <message>
        <source>As the number says</source>
        <translation>按号码判断</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>First sitting</source>
        <translation>正考</translation>
    </message>
    <message>
        <source>Retake</source>
        <translation>补考</translation>
    </message>
    <message>
        <source>18 digits, or scan the two lines of a passport</source>
        <translation>18 位；护照可扫描机读区两行</translation>
    </message>
</context>
<context>
    <name>CandidateForm</name>
    <message>
        <source>Do not enrol now</source>
        <translation>暂不报名</translation>
    </message>
    <message>
        <source>New candidate</source>
        <translation>登记新考生</translation>
    </message>
    <message>
        <source>This form is not saved yet. Save it with Ctrl+Enter, or discard it.</source>
        <translation>本表还没有保存。请按 Ctrl+Enter 保存，或放弃。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Once it is signed, tick what was agreed to, and “Signed on paper”.</source>
        <translation>签名后，勾选所同意的各项，并勾选“已签纸质同意书”。</translation>
    </message>
    <message>
        <source>Registered: {name}</source>
        <translation>已登记：{name}</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>已保存：{name}</translation>
    </message>
</context>
<context>
    <name>CandidateSheet</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>M&amp;ore fields</source>
        <translation>更多信息(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Next person</source>
        <translation>下一位(&amp;N)</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Consents</source>
        <translation>同意事项</translation>
    </message>
</context>
<context>
    <name>CandidatesPage</name>
    <message>
        <source>Candidates</source>
        <translation>考生</translation>
    </message>
    <message>
        <source>Roster import</source>
        <translation>报名表导入</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>报名审核</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Admission numbers</source>
        <translation>准考证号</translation>
    </message>
    <message>
        <source>Register the next candidate</source>
        <translation>登记下一位考生</translation>
    </message>
    <message>
        <source>Import a roster</source>
        <translation>导入报名表</translation>
    </message>
    <message>
        <source>Photos from a folder</source>
        <translation>从文件夹分配照片</translation>
    </message>
    <message>
        <source>Review enrolments</source>
        <translation>审核报名</translation>
    </message>
    <message>
        <source>Import admission numbers</source>
        <translation>导入准考证号</translation>
    </message>
</context>
<context>
    <name>Carrying</name>
    <message>
        <source>{name} is registered. What you typed is in the form: look at it, and save.</source>
        <translation>{name} 已登记过。您录入的内容已放入表单，请核对后保存。</translation>
    </message>
    <message>
        <source>This was being typed when the program ended. Look at it, and save.</source>
        <translation>这是上次程序中断时正在录入的内容，请核对后保存。</translation>
    </message>
</context>
<context>
    <name>CentreStep</name>
    <message>
        <source>Name, &amp;Chinese</source>
        <translation>中文名称(&amp;C)</translation>
    </message>
    <message>
        <source>As filed; it is printed on every certificate</source>
        <translation>与备案一致，会印在每一张证书上</translation>
    </message>
    <message>
        <source>Name, &amp;English</source>
        <translation>英文名称(&amp;E)</translation>
    </message>
    <message>
        <source>Centre c&amp;ode</source>
        <translation>机构代码(&amp;O)</translation>
    </message>
    <message>
        <source>QR &amp;host</source>
        <translation>二维码域名(&amp;H)</translation>
    </message>
    <message>
        <source>Where a phone that reads a QR goes; may stay empty</source>
        <translation>手机扫码后打开的网址，可以不填</translation>
    </message>
    <message>
        <source>&amp;Your name</source>
        <translation>您的姓名(&amp;Y)</translation>
    </message>
    <message>
        <source>The first operator looks after the others</source>
        <translation>第一位操作员负责管理其他操作员</translation>
    </message>
    <message>
        <source>&amp;Login</source>
        <translation>登录名(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>口令(&amp;P)</translation>
    </message>
    <message>
        <source>Once &amp;more</source>
        <translation>再输一次(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Found the centre</source>
        <translation>建立机构(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>New centre</source>
        <translation>新建机构</translation>
    </message>
    <message>
        <source>At least 10 characters; four words that do not belong together are good</source>
        <translation>至少 10 个字符；四个互不相干的词就很好</translation>
    </message>
    <message>
        <source>Weak: easy to guess</source>
        <translation>弱：容易被猜到</translation>
    </message>
    <message>
        <source>Fair</source>
        <translation>中</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>强</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>大写锁定已打开</translation>
    </message>
</context>
<context>
    <name>Certificates</name>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>What is in the way</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Waiting for a certificate</source>
        <translation>待发证考生</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>证书编号</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>发证日期</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>入库</translation>
    </message>
    <message>
        <source>Issued certificates</source>
        <translation>已签发证书</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>可发证</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>暂不能</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>已被取代</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>已签发</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>请核对</translation>
    </message>
    <message>
        <source>Known</source>
        <translation>已有</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新增</translation>
    </message>
</context>
<context>
    <name>CertificatesPage</name>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Import &amp;numbers …</source>
        <translation>导入编号(&amp;N)…</translation>
    </message>
    <message>
        <source>Issue certificates</source>
        <translation>发证</translation>
    </message>
    <message>
        <source>Import the province&apos;s numbers</source>
        <translation>导入省里下发的编号</translation>
    </message>
    <message>
        <source>Save a PDF for each</source>
        <translation>每张存一个 PDF</translation>
    </message>
    <message>
        <source>Print the chosen certificates</source>
        <translation>打印所选证书</translation>
    </message>
    <message>
        <source>Print all certificates of the batch</source>
        <translation>打印本批次全部证书</translation>
    </message>
    <message>
        <source>Save all as one PDF</source>
        <translation>全部存为一个 PDF</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>No batch yet</source>
        <translation>还没有批次</translation>
    </message>
    <message>
        <source>Certificates are issued for a batch whose publicity has been closed. Open a batch on the Batches page.</source>
        <translation>公示结束后的批次才能发证。请先在“批次”页新建批次。</translation>
    </message>
    <message>
        <source>Sheets (*.xlsx *.xls *.csv)</source>
        <translation>表格 (*.xlsx *.xls *.csv)</translation>
    </message>
    <message>
        <source>Choose a batch</source>
        <translation>请选择批次</translation>
    </message>
    <message>
        <source>To issue  {n}</source>
        <translation>待发证  {n}</translation>
    </message>
    <message>
        <source>Issued  {n}</source>
        <translation>已签发  {n}</translation>
    </message>
    <message>
        <source>&amp;Issue 1 certificate</source>
        <translation>签发 1 张证书(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Issue {n} certificates</source>
        <translation>签发 {n} 张证书(&amp;I)</translation>
    </message>
    <message>
        <source>Certificates can be issued once the batch&apos;s publicity is closed.</source>
        <translation>本批次公示结束后才能发证。</translation>
    </message>
    <message>
        <source>Working on the certificates</source>
        <translation>正在处理证书</translation>
    </message>
    <message>
        <source>{n} certificates issued. Each was printed as a proof and its code read back before it counted.</source>
        <translation>已签发 {n} 张证书。每张都先打样，二维码读回无误后才计入。</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>已存为 {file}。</translation>
    </message>
    <message>
        <source>{n} files saved in {folder}.</source>
        <translation>{n} 个文件已存入 {folder}。</translation>
    </message>
    <message>
        <source>PDFs that are saved from now on are signed by {name}.</source>
        <translation>此后保存的 PDF 由 {name} 签名。</translation>
    </message>
    <message>
        <source>PDFs that are saved from now on are not signed.</source>
        <translation>此后保存的 PDF 不再签名。</translation>
    </message>
    <message>
        <source>{n} pages were given to the printer.</source>
        <translation>{n} 页已送打印机。</translation>
    </message>
    <message>
        <source>Printing was cancelled; look what lies in the printer.</source>
        <translation>打印已取消，请查看打印机里已出的纸。</translation>
    </message>
    <message>
        <source>Nothing was issued. First take the association&apos;s updates in.</source>
        <translation>没有签发。请先导入协会的更新。</translation>
    </message>
    <message>
        <source>Take in updates …</source>
        <translation>导入更新…</translation>
    </message>
    <message>
        <source>Cancelled; nothing of it was kept.</source>
        <translation>已取消，没有留下任何结果。</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>On stick</source>
        <translation>已写入U盘</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已入库</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>待您处理</translation>
    </message>
    <message>
        <source>Pass</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>Fail</source>
        <translation>不合格</translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>无效</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>未录入</translation>
    </message>
    <message>
        <source>Entered once</source>
        <translation>已录一遍</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>两遍一致</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>两遍不一致</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Page or action; pinyin initials will do</source>
        <translation>页面或操作，可输拼音首字母</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>找到的命令</translation>
    </message>
    <message>
        <source>Enter runs · Esc leaves</source>
        <translation>回车执行 · Esc 退出</translation>
    </message>
</context>
<context>
    <name>ComparePeople</name>
    <message>
        <source>Reas&amp;on</source>
        <translation>理由(&amp;O)</translation>
    </message>
    <message>
        <source>It is kept for good.</source>
        <translation>会永久留存。</translation>
    </message>
    <message>
        <source>No photo</source>
        <translation>没有照片</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Latin name</source>
        <translation>拼音姓名</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>证件</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>性别</translation>
    </message>
    <message>
        <source>Birth date</source>
        <translation>出生日期</translation>
    </message>
    <message>
        <source>Nationality</source>
        <translation>国籍</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机号码</translation>
    </message>
    <message>
        <source>Employer</source>
        <translation>所在单位</translation>
    </message>
    <message>
        <source>Education</source>
        <translation>文化程度</translation>
    </message>
    <message>
        <source>Say why: whoever looks at it later has nothing else.</source>
        <translation>请写明理由：日后查看的人只有这句话可依。</translation>
    </message>
</context>
<context>
    <name>ConsentBoxes</name>
    <message>
        <source>Signed on paper</source>
        <translation>已签纸质同意书</translation>
    </message>
    <message>
        <source>Read the consent &amp;texts</source>
        <translation>查看同意书全文(&amp;T)</translation>
    </message>
</context>
<context>
    <name>ConsentSheet</name>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Document number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>本人签名</translation>
    </message>
    <message>
        <source>Guardian&apos;s signature (under 14)</source>
        <translation>监护人签名（未满十四周岁）</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Consent to the processing of personal information</source>
        <translation>个人信息处理同意书</translation>
    </message>
    <message>
        <source>Text version {version}. One copy stays with the centre; the candidate may have another.</source>
        <translation>文本版本 {version}。一份由本机构留存，考生可另取一份。</translation>
    </message>
    <message>
        <source>□ I agree      □ I do not agree</source>
        <translation>□ 同意      □ 不同意</translation>
    </message>
</context>
<context>
    <name>ConsentTexts</name>
    <message>
        <source>Consent texts</source>
        <translation>同意书</translation>
    </message>
    <message>
        <source>Print a sheet to si&amp;gn …</source>
        <translation>打印同意书供签名(&amp;G)…</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
</context>
<context>
    <name>CorrectDialog</name>
    <message>
        <source>Correct a mark</source>
        <translation>更正成绩</translation>
    </message>
    <message>
        <source>Sub&amp;ject</source>
        <translation>科目(&amp;J)</translation>
    </message>
    <message>
        <source>Right &amp;mark</source>
        <translation>正确成绩(&amp;M)</translation>
    </message>
    <message>
        <source>A number, Q for absent, W for void.</source>
        <translation>数字；Q 为缺考，W 为作废。</translation>
    </message>
    <message>
        <source>Reas&amp;on</source>
        <translation>原因(&amp;O)</translation>
    </message>
    <message>
        <source>It is kept for good, with both names.</source>
        <translation>与两人姓名一并永久保留。</translation>
    </message>
    <message>
        <source>&amp;Agreed by</source>
        <translation>确认人(&amp;A)</translation>
    </message>
    <message>
        <source>Their &amp;passphrase</source>
        <translation>确认人口令(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Correct the mark</source>
        <translation>更正(&amp;C)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message>
        <source>&amp;3  Another mark</source>
        <translation>&amp;3  另填成绩</translation>
    </message>
    <message>
        <source>e.g. compared with the paper</source>
        <translation>如：已核对试卷</translation>
    </message>
    <message>
        <source>&amp;Mark</source>
        <translation>成绩(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>理由(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Settle</source>
        <translation>裁定(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;1  First entry: {mark}</source>
        <translation>&amp;1  取初录：{mark}</translation>
    </message>
    <message>
        <source>&amp;2  Second entry: {mark}</source>
        <translation>&amp;2  取复录：{mark}</translation>
    </message>
</context>
<context>
    <name>DefectDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>程序出错</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Something went wrong in the program</source>
        <translation>程序内部出错了</translation>
    </message>
    <message>
        <source>The step was undone, and everything saved before it is kept. You can go on working. The report below names places in the program and nobody&apos;s data; please send it to those who look after this program.</source>
        <translation>刚才这一步已撤销，此前保存的内容都在，可以继续工作。下面的报告只写程序中的位置，不含任何人的信息；请把它发给维护本程序的人。</translation>
    </message>
    <message>
        <source>&amp;Copy the report</source>
        <translation>复制报告(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>继续(&amp;G)</translation>
    </message>
</context>
<context>
    <name>DeskStatusBar</name>
    <message>
        <source>Demonstration: nothing here is real</source>
        <translation>演示：这里的一切都不是真实的</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>All sent</source>
        <translation>已全部报送</translation>
    </message>
    <message>
        <source>{n} unsent</source>
        <translation>{n} 条未报送</translation>
    </message>
    <message>
        <source>No lists yet</source>
        <translation>尚无名单</translation>
    </message>
    <message>
        <source>Lists {n} days old</source>
        <translation>名单为 {n} 天前</translation>
    </message>
    <message>
        <source>No backup yet</source>
        <translation>尚未备份</translation>
    </message>
    <message>
        <source>Backup {when}</source>
        <translation>备份于 {when}</translation>
    </message>
</context>
<context>
    <name>DocumentDialog</name>
    <message>
        <source>Another document of {name}</source>
        <translation>{name} 的另一证件</translation>
    </message>
    <message>
        <source>As the number says</source>
        <translation>按号码判断</translation>
    </message>
    <message>
        <source>&amp;Number</source>
        <translation>号码(&amp;N)</translation>
    </message>
    <message>
        <source>Type it, or scan the lines of a passport</source>
        <translation>录入号码，或扫描护照的机读码行</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>种类(&amp;K)</translation>
    </message>
    <message>
        <source>N&amp;ationality</source>
        <translation>国籍(&amp;A)</translation>
    </message>
    <message>
        <source>It &amp;replaces the one in the form, which is kept as an earlier one</source>
        <translation>替换表单中的证件，原证件作为旧证件保留(&amp;R)</translation>
    </message>
    <message>
        <source>Reas&amp;on</source>
        <translation>理由(&amp;O)</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>保存(&amp;V)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>DoorTab</name>
    <message>
        <source>Scan the ticket or the ID card</source>
        <translation>扫描准考证或身份证</translation>
    </message>
    <message>
        <source>&amp;Mark the missing absent</source>
        <translation>未到的标为缺考(&amp;M)</translation>
    </message>
    <message>
        <source>Chan&amp;ge …</source>
        <translation>更正(&amp;G)…</translation>
    </message>
    <message>
        <source>Candidates of this sitting</source>
        <translation>本场考生</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>考场</translation>
    </message>
    <message>
        <source>Seat</source>
        <translation>座位</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Admission number</source>
        <translation>准考证号</translation>
    </message>
    <message>
        <source>{here} of {all} here · {late} late · {absent} absent · {open} still missing</source>
        <translation>应到 {all} · 已到 {here} · 迟到 {late} · 缺考 {absent} · 未到 {open}</translation>
    </message>
    <message>
        <source>Room {room}, seat {seat}</source>
        <translation>考场 {room}，座位 {seat}</translation>
    </message>
    <message>
        <source>No photo</source>
        <translation>没有照片</translation>
    </message>
    <message>
        <source>{minutes} minutes after the start: let in, and noted.</source>
        <translation>开考 {minutes} 分钟后到场：准予入场，已记录。</translation>
    </message>
    <message>
        <source>{minutes} minutes after the start: not let in any more.</source>
        <translation>开考 {minutes} 分钟后到场：不得入场。</translation>
    </message>
    <message>
        <source>Compare the face with the photo and the ID card.</source>
        <translation>请核对本人、照片和身份证。</translation>
    </message>
    <message>
        <source>Signed in before. Compare the face: somebody else may hold this ticket.</source>
        <translation>此前已签到。请核对本人，谨防他人持证。</translation>
    </message>
    <message>
        <source>In this batch, and not examined at this sitting.</source>
        <translation>在本批次中，但不考本场。</translation>
    </message>
    <message>
        <source>Nobody with this number has a seat here. Check the batch, or type the number.</source>
        <translation>本批次没有此号码的考生。请核对批次，或手工输入号码。</translation>
    </message>
    <message>
        <source>Change the sign-in list</source>
        <translation>更正签到</translation>
    </message>
    <message>
        <source>What was recorded stays in the history. {count} chosen.</source>
        <translation>原记录保留在历史中。已选 {count} 人。</translation>
    </message>
    <message>
        <source>&amp;Change the list</source>
        <translation>更正(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;State</source>
        <translation>状态(&amp;S)</translation>
    </message>
</context>
<context>
    <name>EnrolForm</name>
    <message>
        <source>Enrol an operator</source>
        <translation>登记操作员</translation>
    </message>
    <message>
        <source>They sign in with the login and the passphrase, and change the passphrase afterwards.</source>
        <translation>操作员用登录名和口令登录，首次登录后请本人更改口令。</translation>
    </message>
    <message>
        <source>&amp;Enrol</source>
        <translation>登记(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Login</source>
        <translation>登录名(&amp;L)</translation>
    </message>
    <message>
        <source>For good: it stands in every record</source>
        <translation>以后不能更改：每条记录上都有它</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>姓名(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Roles</source>
        <translation>岗位(&amp;R)</translation>
    </message>
    <message>
        <source>An administrator looks after accounts and has no other role</source>
        <translation>系统管理员只管账号，不兼任其他岗位</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>口令(&amp;P)</translation>
    </message>
</context>
<context>
    <name>ExamDay</name>
    <message>
        <source>not here yet</source>
        <translation>未到</translation>
    </message>
    <message>
        <source>{state} {minutes} min</source>
        <translation>{state} {minutes} 分钟</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>请入场</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>迟到</translation>
    </message>
    <message>
        <source>Too late</source>
        <translation>不得入场</translation>
    </message>
    <message>
        <source>Here already</source>
        <translation>已签到</translation>
    </message>
    <message>
        <source>Not this sitting</source>
        <translation>不考本场</translation>
    </message>
    <message>
        <source>Not in this batch</source>
        <translation>不在本批次</translation>
    </message>
    <message>
        <source>Whole exam</source>
        <translation>全部科目</translation>
    </message>
</context>
<context>
    <name>ExamDayPage</name>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Sitting</source>
        <translation>场次</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>签到</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>试卷</translation>
    </message>
    <message>
        <source>Sittings</source>
        <translation>场次</translation>
    </message>
    <message>
        <source>Examiners</source>
        <translation>考评人员</translation>
    </message>
    <message>
        <source>No batch is open yet</source>
        <translation>还没有开放的批次</translation>
    </message>
    <message>
        <source>On the Batches page, open a batch and its enrolment. Then sittings are planned here, and people signed in on the day.</source>
        <translation>请在“批次”页新建批次并开放报名。之后在此安排场次，考试当天在此签到。</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>批次(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Sitting</source>
        <translation>场次(&amp;S)</translation>
    </message>
    <message>
        <source>Exam day</source>
        <translation>考务</translation>
    </message>
    <message>
        <source>Sign in candidates</source>
        <translation>考生签到</translation>
    </message>
    <message>
        <source>Record an incident</source>
        <translation>记录违规</translation>
    </message>
    <message>
        <source>{count} people are marked absent.</source>
        <translation>{count} 人已标为缺考。</translation>
    </message>
    <message>
        <source>The sign-in list is changed.</source>
        <translation>签到已更正。</translation>
    </message>
    <message>
        <source>The incident is recorded.</source>
        <translation>违规已记录。</translation>
    </message>
    <message>
        <source>The incident is voided.</source>
        <translation>违规记录已作废。</translation>
    </message>
    <message>
        <source>The count is recorded.</source>
        <translation>清点已记录。</translation>
    </message>
    <message>
        <source>The sitting is planned.</source>
        <translation>场次已安排。</translation>
    </message>
    <message>
        <source>Everybody has a seat at this sitting.</source>
        <translation>本场每人都有座位。</translation>
    </message>
    <message>
        <source>The list of examiners is changed.</source>
        <translation>考评人员名单已更新。</translation>
    </message>
    <message>
        <source>The staff is drawn.</source>
        <translation>人员已抽派。</translation>
    </message>
</context>
<context>
    <name>ExaminersTab</name>
    <message>
        <source>Examiners and invigilators</source>
        <translation>考评与监考人员</translation>
    </message>
    <message>
        <source>Dut&amp;y</source>
        <translation>职责(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>姓名(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Organisation</source>
        <translation>单位(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Card number</source>
        <translation>证卡编号(&amp;C)</translation>
    </message>
    <message>
        <source>Valid &amp;until</source>
        <translation>有效期至(&amp;U)</translation>
    </message>
    <message>
        <source>As 2027-01-31.</source>
        <translation>如 2027-01-31。</translation>
    </message>
    <message>
        <source>Relati&amp;ves</source>
        <translation>亲属(&amp;V)</translation>
    </message>
    <message>
        <source>Names apart by commas: where one of them sits the exam, this person does not serve.</source>
        <translation>姓名用逗号分开：其中有人应考的考场，此人回避。</translation>
    </message>
    <message>
        <source>&amp;Put on the list</source>
        <translation>登记(&amp;P)</translation>
    </message>
    <message>
        <source>Somebody ne&amp;w</source>
        <translation>新增(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Take off the list …</source>
        <translation>移出名单(&amp;T)…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Duty</source>
        <translation>职责</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>证卡</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>In a row</source>
        <translation>连续次数</translation>
    </message>
    <message>
        <source>card expires soon</source>
        <translation>证卡即将到期</translation>
    </message>
    <message>
        <source>may serve</source>
        <translation>可以担任</translation>
    </message>
    <message>
        <source>Somebody new</source>
        <translation>新增人员</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>移出名单</translation>
    </message>
    <message>
        <source>{name} is drawn no more. What was done stays.</source>
        <translation>今后不再抽派{name}。已有记录保留。</translation>
    </message>
    <message>
        <source>&amp;Take off</source>
        <translation>移出(&amp;T)</translation>
    </message>
</context>
<context>
    <name>Face</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Take a p&amp;hoto …</source>
        <translation>拍照或选择(&amp;H)…</translation>
    </message>
    <message>
        <source>No photo</source>
        <translation>无照片</translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>科目</translation>
    </message>
    <message>
        <source>Judges</source>
        <translation>考评员</translation>
    </message>
    <message>
        <source>No figures yet</source>
        <translation>还没有统计</translation>
    </message>
    <message>
        <source>When a batch is examined, its presence, pass rates and marks are counted here.</source>
        <translation>批次考试后，在此统计到考、合格率和成绩。</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>批次(&amp;B)</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>统计</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>到考</translation>
    </message>
    <message>
        <source>How the marks lie</source>
        <translation>成绩分布</translation>
    </message>
    <message>
        <source>Passed by subject</source>
        <translation>各科目合格</translation>
    </message>
    <message>
        <source>Passed by level</source>
        <translation>各等级合格</translation>
    </message>
    <message>
        <source>Passed by organisation</source>
        <translation>各单位合格</translation>
    </message>
    <message>
        <source>To look at</source>
        <translation>需要查看</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>考评员</translation>
    </message>
    <message>
        <source>Sheets</source>
        <translation>评分表</translation>
    </message>
    <message>
        <source>Against the panel</source>
        <translation>与小组之差</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>平均偏差</translation>
    </message>
    <message>
        <source>{here} of {all}, {away} away</source>
        <translation>{all} 人到 {here}，缺 {away}</translation>
    </message>
    <message>
        <source>none given</source>
        <translation>未填</translation>
    </message>
    <message>
        <source>Nothing unusual was found.</source>
        <translation>未发现异常。</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>F&amp;ilter</source>
        <translation>筛选(&amp;I)</translation>
    </message>
    <message>
        <source>Level {n}</source>
        <translation>{n} 级</translation>
    </message>
    <message>
        <source>Without a photo</source>
        <translation>缺照片</translation>
    </message>
    <message>
        <source>Without the filter {filter}</source>
        <translation>取消筛选：{filter}</translation>
    </message>
    <message>
        <source>All people</source>
        <translation>全部人员</translation>
    </message>
    <message>
        <source>Enrolment</source>
        <translation>报名状态</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Keep this list under a name …</source>
        <translation>将此名单存为…</translation>
    </message>
    <message>
        <source>Forget a list</source>
        <translation>删除已存名单</translation>
    </message>
    <message>
        <source>Keep this list</source>
        <translation>保存名单</translation>
    </message>
    <message>
        <source>Its name:</source>
        <translation>名称：</translation>
    </message>
</context>
<context>
    <name>FirstStartPage</name>
    <message>
        <source>Appraisal Desk</source>
        <translation>鉴定台</translation>
    </message>
    <message>
        <source>Working; this takes a few seconds …</source>
        <translation>正在处理，需要几秒钟……</translation>
    </message>
</context>
<context>
    <name>GivePassphraseForm</name>
    <message>
        <source>Passphrase for {name}</source>
        <translation>为 {name} 设置口令</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>口令(&amp;P)</translation>
    </message>
</context>
<context>
    <name>GlyphDialog</name>
    <message>
        <source>Picture of {character}</source>
        <translation>{character} 的字形图片</translation>
    </message>
    <message>
        <source>Drop or paste a picture here</source>
        <translation>把图片拖到或粘贴到这里</translation>
    </message>
    <message>
        <source>&amp;Choose a file …</source>
        <translation>选择文件(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Keep it</source>
        <translation>保存(&amp;K)</translation>
    </message>
    <message>
        <source>Scan it from the identity document or write it large, black on white. It is made square; certificates issued from now on are printed with it.</source>
        <translation>请扫描证件上的字，或用黑笔在白纸上写大。图片自动裁成方形；以后签发的证书用它打印。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.bmp *.tif *.tiff *.webp)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.bmp *.tif *.tiff *.webp)</translation>
    </message>
</context>
<context>
    <name>HandoutDialog</name>
    <message>
        <source>&amp;Whole document and telephone numbers</source>
        <translation>显示完整的证件号码和手机号码(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>继续(&amp;G)</translation>
    </message>
    <message>
        <source>Personal data of {n} people leaves the encrypted desk.</source>
        <translation>将把 {n} 人的个人信息带出加密的工位。</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Help: {title}</source>
        <translation>帮助：{title}</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>What was done to the record of {name}</source>
        <translation>{name} 的变更记录</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>变更前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>变更后</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>理由</translation>
    </message>
</context>
<context>
    <name>IncidentsTab</name>
    <message>
        <source>Abou&amp;t</source>
        <translation>考生(&amp;T)</translation>
    </message>
    <message>
        <source>Type a part of the name or of the number.</source>
        <translation>输入姓名或号码的一部分。</translation>
    </message>
    <message>
        <source>What &amp;follows</source>
        <translation>处理(&amp;F)</translation>
    </message>
    <message>
        <source>What &amp;happened</source>
        <translation>情况(&amp;H)</translation>
    </message>
    <message>
        <source>Invigilator {number}</source>
        <translation>监考员 {number}</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Empty where they sign on paper.</source>
        <translation>在纸上签名的可留空。</translation>
    </message>
    <message>
        <source>&amp;Record the incident</source>
        <translation>记录(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Void it …</source>
        <translation>作废(&amp;V)…</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>A new incident</source>
        <translation>新的违规记录</translation>
    </message>
    <message>
        <source>Recorded in this batch</source>
        <translation>本批次已记录</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>What follows</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>情况</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>署名</translation>
    </message>
    <message>
        <source>voided</source>
        <translation>已作废</translation>
    </message>
    <message>
        <source>Choose the candidate whom it is about.</source>
        <translation>请选择所涉考生。</translation>
    </message>
    <message>
        <source>Void an incident</source>
        <translation>作废违规记录</translation>
    </message>
    <message>
        <source>It stays in the list as voided, and nothing follows from it any more.</source>
        <translation>记录保留在列表中并标为作废，不再产生后果。</translation>
    </message>
    <message>
        <source>&amp;Void the incident</source>
        <translation>作废(&amp;V)</translation>
    </message>
</context>
<context>
    <name>JobDialog</name>
    <message>
        <source>&amp;Open the file</source>
        <translation>打开文件(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
</context>
<context>
    <name>JoinCard</name>
    <message>
        <source>Sa&amp;ve the request …</source>
        <translation>保存申请(&amp;V)…</translation>
    </message>
    <message>
        <source>Ta&amp;ke in the grant …</source>
        <translation>导入授权(&amp;K)…</translation>
    </message>
    <message>
        <source>Join the association&apos;s library</source>
        <translation>加入协会人才库</translation>
    </message>
    <message>
        <source>1  Save the request on a stick and give it to the association. It names this centre and its keys, and nobody&apos;s personal data.</source>
        <translation>1  将申请文件存到 U 盘，交给协会。其中只有本中心名称和密钥，不含任何个人信息。</translation>
    </message>
    <message>
        <source>2  The association answers with a grant: certificate numbers, the trust list, and whom to seal records for. Take it in here.</source>
        <translation>2  协会以授权文件答复：证书号段、信任列表和记录的加密接收方。在这里导入。</translation>
    </message>
    <message>
        <source>The association calls you back and asks for these words. Read them out; to nobody else.</source>
        <translation>协会会回电，请你念出这几个词。只念给协会听，不要告诉别人。</translation>
    </message>
</context>
<context>
    <name>JoinStep</name>
    <message>
        <source>Server&apos;s &amp;address</source>
        <translation>服务器地址(&amp;A)</translation>
    </message>
    <message>
        <source>As whoever looks after the server gives it; its password is better kept in pgpass</source>
        <translation>由服务器管理人员给出；其中的密码最好放在 pgpass 文件里</translation>
    </message>
    <message>
        <source>&amp;Login</source>
        <translation>登录名(&amp;L)</translation>
    </message>
    <message>
        <source>Of an administrator of that centre</source>
        <translation>该机构的系统管理员</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>口令(&amp;P)</translation>
    </message>
    <message>
        <source>In place of desk &amp;number</source>
        <translation>接替工位号(&amp;N)</translation>
    </message>
    <message>
        <source>Only where that desk&apos;s computer is gone; else leave it empty</source>
        <translation>仅在该工位的电脑已不能使用时填写，否则留空</translation>
    </message>
    <message>
        <source>&amp;Join</source>
        <translation>加入(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>Join a centre on a server</source>
        <translation>加入服务器上的机构</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>大写锁定已打开</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Appraisal Desk</source>
        <translation>鉴定台</translation>
    </message>
    <message>
        <source>Back to {page}</source>
        <translation>返回“{page}”</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Language: 中文 / English</source>
        <translation>语言：中文 / English</translation>
    </message>
    <message>
        <source>Help for this page</source>
        <translation>本页帮助</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Commands (Ctrl+K)</source>
        <translation>命令 (Ctrl+K)</translation>
    </message>
    <message>
        <source>Help for this page (F1)</source>
        <translation>本页帮助 (F1)</translation>
    </message>
</context>
<context>
    <name>Mark</name>
    <message>
        <source>Absent</source>
        <translation>缺考</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>违纪</translation>
    </message>
</context>
<context>
    <name>MarksEntryTab</name>
    <message>
        <source>Admission number, name or initials</source>
        <translation>准考证号、姓名或拼音首字母</translation>
    </message>
    <message>
        <source>&amp;Import a marks sheet …</source>
        <translation>导入成绩登记表(&amp;I)…</translation>
    </message>
    <message>
        <source>Nobody is seated in this batch</source>
        <translation>本批次还没有编排考生</translation>
    </message>
    <message>
        <source>Give the candidates their admission numbers first, and move the batch on to the exam. Then their rows stand here.</source>
        <translation>请先为考生导入准考证号，并把批次推进到考试；之后这里按准考证号列出每名考生。</translation>
    </message>
    <message>
        <source>{n} marks were refused and are not saved. Type them again, or press Esc on each to give it up.</source>
        <translation>有 {n} 个成绩未被接受，没有保存。请重新录入，或在该格按 Esc 放弃。</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>next candidate</source>
        <translation>下一名</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>next subject</source>
        <translation>下一科</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>缺考</translation>
    </message>
    <message>
        <source>void</source>
        <translation>违纪</translation>
    </message>
    <message>
        <source>give up what was refused</source>
        <translation>放弃未接受的内容</translation>
    </message>
    <message>
        <source>paste a block</source>
        <translation>粘贴一片</translation>
    </message>
    <message>
        <source>search</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>{saved} of {of} marks entered</source>
        <translation>已录 {saved} / {of}</translation>
    </message>
    <message>
        <source>saving {n}</source>
        <translation>正在保存 {n}</translation>
    </message>
    <message>
        <source>Nobody here matches</source>
        <translation>没有匹配的考生</translation>
    </message>
    <message>
        <source>Make this mark of {name} ({number}) void for a violation?</source>
        <translation>将 {name}（{number}）的这一科记为违纪？</translation>
    </message>
    <message>
        <source>{name}, {number}: </source>
        <translation>{name}（{number}）：</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>转到该格</translation>
    </message>
</context>
<context>
    <name>MarksGrid</name>
    <message>
        <source>Marks</source>
        <translation>成绩</translation>
    </message>
    <message>
        <source>Type a mark and press Enter; Q for absent, W for void</source>
        <translation>键入成绩后按 Enter；Q 缺考，W 违纪</translation>
    </message>
</context>
<context>
    <name>MarksGridModel</name>
    <message>
        <source>{mark} carried</source>
        <translation>{mark} 沿用</translation>
    </message>
    <message>
        <source>{mark} judged</source>
        <translation>{mark} 评分</translation>
    </message>
    <message>
        <source>Absent</source>
        <translation>缺考</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>违纪</translation>
    </message>
    <message>
        <source>Admission number</source>
        <translation>准考证号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
</context>
<context>
    <name>MarksImportPanel</name>
    <message>
        <source>Only rows to &amp;look at</source>
        <translation>只看需核对的行(&amp;L)</translation>
    </message>
    <message>
        <source>Bac&amp;k</source>
        <translation>返回(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Columns …</source>
        <translation>列的含义(&amp;C)…</translation>
    </message>
    <message>
        <source>Reading {file} …</source>
        <translation>正在读取 {file} …</translation>
    </message>
    <message>
        <source>&amp;Enter</source>
        <translation>录入(&amp;E)</translation>
    </message>
    <message>
        <source>Rows of the marks sheet</source>
        <translation>成绩登记表各行</translation>
    </message>
    <message>
        <source>first entry</source>
        <translation>初录</translation>
    </message>
    <message>
        <source>second entry</source>
        <translation>复录</translation>
    </message>
    <message>
        <source>{file} as {entry}</source>
        <translation>{file}&#x3000;作为{entry}</translation>
    </message>
    <message>
        <source>&amp;Enter {n} rows</source>
        <translation>录入 {n} 行(&amp;E)</translation>
    </message>
    <message>
        <source>Entering the marks</source>
        <translation>正在录入成绩</translation>
    </message>
    <message>
        <source>{file} was not read</source>
        <translation>{file} 未能读取</translation>
    </message>
</context>
<context>
    <name>MarksJudgingTab</name>
    <message>
        <source>Candidates whom judges score</source>
        <translation>由考评员评分的考生</translation>
    </message>
    <message>
        <source>&amp;Put the sheet in</source>
        <translation>录入评分表(&amp;P)</translation>
    </message>
    <message>
        <source>Nobody is scored by judges in this batch</source>
        <translation>本批次没有由考评员评分的科目</translation>
    </message>
    <message>
        <source>Where the scheme has judges for a subject, their sheets are put in here: the mean of all counts, and where they are too far apart they judge again.</source>
        <translation>方案规定由考评员评分的科目，在此录入评分表：取平均分；分差过大的重新评分。</translation>
    </message>
    <message>
        <source>Admission number</source>
        <translation>准考证号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>科目</translation>
    </message>
    <message>
        <source>Sheets</source>
        <translation>评分表</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均分</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>not scored</source>
        <translation>不评分</translation>
    </message>
    <message>
        <source>{points} apart: again</source>
        <translation>分差 {points}，复评</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>齐全</translation>
    </message>
    <message>
        <source>sheets missing</source>
        <translation>缺评分表</translation>
    </message>
    <message>
        <source>Turn {turn}</source>
        <translation>第 {turn} 轮</translation>
    </message>
    <message>
        <source>&amp;Judge</source>
        <translation>考评员(&amp;J)</translation>
    </message>
    <message>
        <source>Counts {share} %</source>
        <translation>占 {share} %</translation>
    </message>
</context>
<context>
    <name>MarksPage</name>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>批次(&amp;B)</translation>
    </message>
    <message>
        <source>Import a marks sheet …</source>
        <translation>导入成绩登记表 …</translation>
    </message>
    <message>
        <source>Marks sheet</source>
        <translation>成绩登记表</translation>
    </message>
    <message>
        <source>Sheets (*.xlsx *.xls *.csv)</source>
        <translation>表格 (*.xlsx *.xls *.csv)</translation>
    </message>
    <message>
        <source>First entry</source>
        <translation>初录</translation>
    </message>
    <message>
        <source>Second entry</source>
        <translation>复录</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Judges&apos; sheets</source>
        <translation>评分表</translation>
    </message>
    <message>
        <source>first entry</source>
        <translation>初录</translation>
    </message>
    <message>
        <source>second entry</source>
        <translation>复录</translation>
    </message>
    <message>
        <source>review of marks</source>
        <translation>成绩审核</translation>
    </message>
    <message>
        <source>exam staff, or entry of marks</source>
        <translation>考务监考，或成绩录入</translation>
    </message>
    <message>
        <source>This is not yours to see</source>
        <translation>此处不对您的岗位开放</translation>
    </message>
    <message>
        <source>Two people enter each mark without seeing the other&apos;s, and a third settles differences. Sign in with the role: {role}.</source>
        <translation>每个成绩由两人分别录入、互不可见，不一致的由第三人裁定。请以“{role}”岗位登录。</translation>
    </message>
    <message>
        <source>No batch has come to its marks yet</source>
        <translation>还没有批次进入登分</translation>
    </message>
    <message>
        <source>On the Batches page, close the enrolment, confirm the seating and start the exam. Then marks are entered here.</source>
        <translation>请在“批次”页截止报名、确认编排、开始考试，之后在这里录入成绩。</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>成绩</translation>
    </message>
    <message>
        <source>{marks} marks of {rows} candidates are entered.</source>
        <translation>已录入 {rows} 名考生的 {marks} 个成绩。</translation>
    </message>
</context>
<context>
    <name>MarksPreviewModel</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Admission number</source>
        <translation>准考证号</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>What is to be looked at</source>
        <translation>需要核对的内容</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>不录入</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>请核对</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>无误</translation>
    </message>
    <message>
        <source>Absent</source>
        <translation>缺考</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>违纪</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>暂无</translation>
    </message>
</context>
<context>
    <name>MarksResultsTab</name>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>&amp;Copy the list</source>
        <translation>复制名单(&amp;C)</translation>
    </message>
    <message>
        <source>C&amp;orrect a mark …</source>
        <translation>更正成绩(&amp;O)…</translation>
    </message>
    <message>
        <source>No results yet</source>
        <translation>还没有结果</translation>
    </message>
    <message>
        <source>When candidates are seated, their results stand here as marks are confirmed.</source>
        <translation>考生编排后，成绩一经确认，结果就列在这里。</translation>
    </message>
    <message>
        <source>Admission number</source>
        <translation>准考证号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>The mark is corrected. Result: {result}</source>
        <translation>成绩已更正。结果：{result}</translation>
    </message>
    <message>
        <source>{subject} {mark} → {other}: {result}</source>
        <translation>{subject} {mark} → {other}：{result}</translation>
    </message>
    <message>
        <source>Another result with:</source>
        <translation>结果将改变：</translation>
    </message>
    <message>
        <source>The list is on the clipboard; paste it into a spreadsheet.</source>
        <translation>名单已复制，可粘贴到表格中。</translation>
    </message>
</context>
<context>
    <name>MarksSettleTab</name>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>No differences to settle</source>
        <translation>没有需要裁定的差异</translation>
    </message>
    <message>
        <source>Where the first and the second entry of a mark differ, it is listed here for a third person.</source>
        <translation>初录与复录不一致的成绩列在这里，由第三人裁定。</translation>
    </message>
    <message>
        <source>Admission number</source>
        <translation>准考证号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>科目</translation>
    </message>
    <message>
        <source>First entry</source>
        <translation>初录</translation>
    </message>
    <message>
        <source>Second entry</source>
        <translation>复录</translation>
    </message>
</context>
<context>
    <name>NameEdit</name>
    <message>
        <source>Rare characters (F2)</source>
        <translation>生僻字 (F2)</translation>
    </message>
</context>
<context>
    <name>NeedsList</name>
    <message>
        <source>Nothing needs you.</source>
        <translation>没有需要处理的记录。</translation>
    </message>
    <message>
        <source>What needs you</source>
        <translation>需要处理的记录</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Whom</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>What is so, and what to do</source>
        <translation>情况与办法</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>NumbersPanel</name>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>Cancelled; no number was taken in.</source>
        <translation>已取消，没有导入编号。</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Document number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Certificate number</source>
        <translation>证书编号</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>发证日期</translation>
    </message>
    <message>
        <source>What is so</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Certificate numbers: {file}</source>
        <translation>证书编号：{file}</translation>
    </message>
    <message>
        <source>&amp;Take in 1 number</source>
        <translation>导入 1 个编号(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Take in {n} numbers</source>
        <translation>导入 {n} 个编号(&amp;T)</translation>
    </message>
    <message>
        <source>Taking the numbers in</source>
        <translation>正在导入编号</translation>
    </message>
    <message>
        <source>Numbers taken in: {n}. Now the certificates can be issued.</source>
        <translation>已导入 {n} 个编号，现在可以发证。</translation>
    </message>
</context>
<context>
    <name>Objections</name>
    <message>
        <source>Abou&amp;t</source>
        <translation>针对考生(&amp;T)</translation>
    </message>
    <message>
        <source>O&amp;bjection</source>
        <translation>异议内容(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Record the objection</source>
        <translation>登记异议(&amp;R)</translation>
    </message>
    <message>
        <source>Objections</source>
        <translation>异议</translation>
    </message>
    <message>
        <source>Nobody has objected.</source>
        <translation>尚无异议。</translation>
    </message>
    <message>
        <source>Choose the candidate whom the objection is about.</source>
        <translation>请选择异议所针对的考生。</translation>
    </message>
</context>
<context>
    <name>OneObjection</name>
    <message>
        <source>&amp;Uphold</source>
        <translation>异议成立(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Dismiss</source>
        <translation>不成立(&amp;D)</translation>
    </message>
    <message>
        <source>What the re-check found</source>
        <translation>复核情况</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未处理</translation>
    </message>
    <message>
        <source>Upheld</source>
        <translation>成立</translation>
    </message>
    <message>
        <source>Dismissed</source>
        <translation>不成立</translation>
    </message>
</context>
<context>
    <name>OnePersonAsking</name>
    <message>
        <source>As typed</source>
        <translation>刚录入</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>已登记</translation>
    </message>
    <message>
        <source>One document, two names</source>
        <translation>同一证件，两个姓名</translation>
    </message>
    <message>
        <source>The document number is registered under another name. Look at the document itself.</source>
        <translation>该证件号码已登记在另一姓名下。请对照证件原件。</translation>
    </message>
    <message>
        <source>&amp;Check the number</source>
        <translation>核对号码(&amp;C)</translation>
    </message>
    <message>
        <source>Correct the na&amp;me …</source>
        <translation>更正姓名…(&amp;M)</translation>
    </message>
    <message>
        <source>Registered already?</source>
        <translation>是否已经登记过？</translation>
    </message>
    <message>
        <source>Somebody of this name and birth date is registered with another document.</source>
        <translation>已有一位同名同出生日期的考生，用另一证件登记。</translation>
    </message>
    <message>
        <source>Bac&amp;k to the form</source>
        <translation>返回表单(&amp;K)</translation>
    </message>
    <message>
        <source>The &amp;same person</source>
        <translation>同一人(&amp;S)</translation>
    </message>
    <message>
        <source>Some&amp;body else</source>
        <translation>另一人(&amp;B)</translation>
    </message>
    <message>
        <source>The new document &amp;replaces the registered one</source>
        <translation>新证件替换已登记的证件(&amp;R)</translation>
    </message>
    <message>
        <source>came with a new document</source>
        <translation>持新证件前来</translation>
    </message>
    <message>
        <source>This record</source>
        <translation>本条记录</translation>
    </message>
    <message>
        <source>The other record</source>
        <translation>另一条记录</translation>
    </message>
    <message>
        <source>Two records of one person</source>
        <translation>同一人的两条记录</translation>
    </message>
    <message>
        <source>They are linked. Neither is changed by it, and whoever finds that they are two people takes the link back.</source>
        <translation>两条记录已关联，内容都不改动；若发现是两个人，可撤销关联。</translation>
    </message>
    <message>
        <source>&amp;Leave them linked</source>
        <translation>保持关联(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Two people: take the link back</source>
        <translation>是两个人：撤销关联(&amp;T)</translation>
    </message>
    <message>
        <source>The same person?</source>
        <translation>是同一人吗？</translation>
    </message>
    <message>
        <source>Two records have this name and birth date. If they are one person&apos;s they are linked, and both stay as they are.</source>
        <translation>两条记录姓名和出生日期相同。若是同一人，则将两者关联，各自内容不变。</translation>
    </message>
    <message>
        <source>&amp;Not now</source>
        <translation>以后再说(&amp;N)</translation>
    </message>
    <message>
        <source>The &amp;same person: link</source>
        <translation>同一人：关联(&amp;S)</translation>
    </message>
    <message>
        <source>Two peo&amp;ple</source>
        <translation>两个人(&amp;P)</translation>
    </message>
</context>
<context>
    <name>OneRecheck</name>
    <message>
        <source>&amp;Answer</source>
        <translation>答复(&amp;A)</translation>
    </message>
    <message>
        <source>Reply &amp;slip …</source>
        <translation>复核回执(&amp;S)…</translation>
    </message>
    <message>
        <source>What the reply says</source>
        <translation>答复内容</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>{day} 前答复</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>有更正</translation>
    </message>
    <message>
        <source>stands</source>
        <translation>维持</translation>
    </message>
    <message>
        <source>Reply slip</source>
        <translation>复核回执</translation>
    </message>
</context>
<context>
    <name>OutputMenus</name>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Print</source>
        <translation>打印(&amp;P)</translation>
    </message>
    <message>
        <source>Si&amp;gn the PDFs</source>
        <translation>签名 PDF(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Not at all</source>
        <translation>不签名(&amp;N)</translation>
    </message>
    <message>
        <source>By the &amp;centre&apos;s own key</source>
        <translation>用本机构的密钥(&amp;C)</translation>
    </message>
    <message>
        <source>By a key &amp;file (.p12) …</source>
        <translation>用密钥文件（.p12）(&amp;F)…</translation>
    </message>
    <message>
        <source>Sign the PDFs</source>
        <translation>签名 PDF</translation>
    </message>
    <message>
        <source>Keys with their certificate (*.p12 *.pfx)</source>
        <translation>密钥及其证书 (*.p12 *.pfx)</translation>
    </message>
    <message>
        <source>Passphrase of {file}</source>
        <translation>{file} 的口令</translation>
    </message>
    <message>
        <source>Save as Open Badges</source>
        <translation>保存为开放徽章</translation>
    </message>
    <message>
        <source>Where the association publishes its status lists for readers of badges (https://…).
Without it a badge cannot show a later revocation.</source>
        <translation>协会为徽章阅读程序发布状态列表的网址（https://…）。
不填写时，徽章无法显示以后的撤销。</translation>
    </message>
    <message>
        <source>All {n} as &amp;one PDF …</source>
        <translation>全部 {n} 张存为一个 PDF(&amp;O)…</translation>
    </message>
    <message>
        <source>All {n}, a PDF for &amp;each …</source>
        <translation>全部 {n} 张，每张一个 PDF(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;All {n} …</source>
        <translation>全部 {n} 张(&amp;A)…</translation>
    </message>
    <message>
        <source>The {n} &amp;chosen as one PDF …</source>
        <translation>所选 {n} 张存为一个 PDF(&amp;C)…</translation>
    </message>
    <message>
        <source>The {n} chosen, a &amp;PDF for each …</source>
        <translation>所选 {n} 张，每张一个 PDF(&amp;P)…</translation>
    </message>
    <message>
        <source>The {n} chosen as Open &amp;Badges …</source>
        <translation>所选 {n} 张存为开放徽章(&amp;B)…</translation>
    </message>
    <message>
        <source>The {n} &amp;chosen …</source>
        <translation>所选 {n} 张(&amp;C)…</translation>
    </message>
    <message>
        <source>Save as one PDF</source>
        <translation>存为一个 PDF</translation>
    </message>
    <message>
        <source>Save a PDF for each</source>
        <translation>每张存一个 PDF</translation>
    </message>
</context>
<context>
    <name>OwnCard</name>
    <message>
        <source>My passphrase</source>
        <translation>我的口令</translation>
    </message>
    <message>
        <source>Change &amp;my passphrase …</source>
        <translation>更改我的口令(&amp;M)…</translation>
    </message>
    <message>
        <source>Signed in as {name} ({login}). Nobody else can see or change this passphrase.</source>
        <translation>当前登录：{name}（{login}）。口令别人看不到，也改不了。</translation>
    </message>
</context>
<context>
    <name>OwnPassphraseForm</name>
    <message>
        <source>My passphrase</source>
        <translation>我的口令</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Old passphrase</source>
        <translation>原口令(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;New passphrase</source>
        <translation>新口令(&amp;N)</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Today</source>
        <translation>工作台</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>考生</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Exam day</source>
        <translation>考务</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>成绩</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>查验</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>统计</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>管理</translation>
    </message>
</context>
<context>
    <name>PapersDialog</name>
    <message>
        <source>Papers of {name}</source>
        <translation>{name} 的报名材料</translation>
    </message>
    <message>
        <source>&amp;Fee</source>
        <translation>费用(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Receipt number</source>
        <translation>收据号码(&amp;R)</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>保存(&amp;V)</translation>
    </message>
    <message>
        <source>Tick what you have seen in the original; no copies are kept.</source>
        <translation>勾选已核验原件的材料；不留存复印件。</translation>
    </message>
    <message>
        <source>The scheme asks for no papers for this condition.</source>
        <translation>本方案对这一申报条件不要求材料。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>PapersTab</name>
    <message>
        <source>Rooms</source>
        <translation>考场</translation>
    </message>
    <message>
        <source>Handed &amp;out</source>
        <translation>发出(&amp;O)</translation>
    </message>
    <message>
        <source>Gi&amp;ven back</source>
        <translation>收回(&amp;V)</translation>
    </message>
    <message>
        <source>Counted &amp;with</source>
        <translation>共同清点(&amp;W)</translation>
    </message>
    <message>
        <source>R&amp;eason</source>
        <translation>原因(&amp;E)</translation>
    </message>
    <message>
        <source>Where papers are missing, or are counted again.</source>
        <translation>缺少试卷或重新清点时填写。</translation>
    </message>
    <message>
        <source>&amp;Record the count</source>
        <translation>记录清点(&amp;R)</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>考场</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>应到</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>实到</translation>
    </message>
    <message>
        <source>Handed out</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Counted by</source>
        <translation>清点人</translation>
    </message>
    <message>
        <source>not counted</source>
        <translation>未清点</translation>
    </message>
    <message>
        <source>papers missing</source>
        <translation>缺少试卷</translation>
    </message>
    <message>
        <source>fewer than people</source>
        <translation>少于人数</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>齐全</translation>
    </message>
    <message>
        <source>Room {room}</source>
        <translation>考场 {room}</translation>
    </message>
</context>
<context>
    <name>PassphraseEdit</name>
    <message>
        <source>Show or hide the passphrase</source>
        <translation>显示或隐藏口令</translation>
    </message>
</context>
<context>
    <name>PeopleList</name>
    <message>
        <source>Name, initials, ID tail, phone, admission number</source>
        <translation>姓名、拼音首字母、证件尾号、手机、准考证号</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>考生</translation>
    </message>
    <message>
        <source>Nobody is registered yet</source>
        <translation>还没有登记考生</translation>
    </message>
    <message>
        <source>Type a document number on the right to register somebody, or take in an organisation&apos;s list.</source>
        <translation>在右边输入证件号码即可登记，或导入单位的报名表。</translation>
    </message>
    <message>
        <source>Import a roster</source>
        <translation>导入报名表</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Try fewer words, the end of the document number, or another batch.</source>
        <translation>请减少字数，试试证件号码后几位，或换一个批次。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Latin name</source>
        <translation>拼音姓名</translation>
    </message>
    <message>
        <source>Document number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机号码</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Employer</source>
        <translation>所在单位</translation>
    </message>
    <message>
        <source>All batches</source>
        <translation>全部批次</translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>共 1 人</translation>
    </message>
    <message>
        <source>{n} people</source>
        <translation>共 {n} 人</translation>
    </message>
</context>
<context>
    <name>PersonCard</name>
    <message>
        <source>Document number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>比对(&amp;C)</translation>
    </message>
    <message>
        <source>The certificate itself does not carry the number; it can only confirm it.</source>
        <translation>证书二维码不含证件号码，只能用来核对。</translation>
    </message>
    <message>
        <source>Whose is it?</source>
        <translation>核对持证人</translation>
    </message>
</context>
<context>
    <name>PersonPanel</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Level {n}</source>
        <translation>{n} 级</translation>
    </message>
    <message>
        <source>Reason: {why}</source>
        <translation>理由：{why}</translation>
    </message>
    <message>
        <source>Add a do&amp;cument …</source>
        <translation>添加证件…(&amp;C)</translation>
    </message>
    <message>
        <source>Histor&amp;y …</source>
        <translation>变更记录…(&amp;Y)</translation>
    </message>
    <message>
        <source>Papers …</source>
        <translation>材料…</translation>
    </message>
    <message>
        <source>Picture given</source>
        <translation>已有字形图片</translation>
    </message>
    <message>
        <source>No font has it</source>
        <translation>字体缺字</translation>
    </message>
    <message>
        <source>Give its picture …</source>
        <translation>提供图片…</translation>
    </message>
    <message>
        <source>Also: {kind} {number}</source>
        <translation>另有：{kind} {number}</translation>
    </message>
    <message>
        <source>Earlier: {kind} {number}</source>
        <translation>旧证件：{kind} {number}</translation>
    </message>
    <message>
        <source>Same person</source>
        <translation>同一人</translation>
    </message>
    <message>
        <source>Registered twice?</source>
        <translation>重复登记？</translation>
    </message>
    <message>
        <source>Compare …</source>
        <translation>对照…</translation>
    </message>
</context>
<context>
    <name>PhotoDialog</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Part of the picture that becomes the photo</source>
        <translation>图片中将作为照片的部分</translation>
    </message>
    <message>
        <source>Choose a &amp;file …</source>
        <translation>选择文件(&amp;F)…</translation>
    </message>
    <message>
        <source>Ca&amp;mera</source>
        <translation>摄像头(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Take the picture</source>
        <translation>拍照(&amp;T)</translation>
    </message>
    <message>
        <source>Tu&amp;rn</source>
        <translation>旋转(&amp;R)</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>&amp;Use this photo</source>
        <translation>使用这张照片(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>{rule}: {wide} × {high} mm, {width} × {height} pixels, at most {most} KB</source>
        <translation>{rule}：{wide} × {high} 毫米，{width} × {height} 像素，不超过 {most} KB</translation>
    </message>
    <message>
        <source>Drag the picture, or push it with the arrow keys (with Shift a little); + and − or the wheel make it larger and smaller. The face belongs into the oval, the eyes on the line.</source>
        <translation>拖动图片，或用方向键移动（按住 Shift 微调）；按 + 和 − 或滚动滚轮放大、缩小。脸放在椭圆里，眼睛对准横线。</translation>
    </message>
    <message>
        <source>Opening the picture …</source>
        <translation>正在打开图片…</translation>
    </message>
    <message>
        <source>Choose a photo</source>
        <translation>选择照片</translation>
    </message>
    <message>
        <source>Pictures (*.jpg *.jpeg *.png *.bmp *.webp *.tif *.tiff *.gif)</source>
        <translation>图片 (*.jpg *.jpeg *.png *.bmp *.webp *.tif *.tiff *.gif)</translation>
    </message>
    <message>
        <source>Bring the head into the guide, then take the picture with the space bar.</source>
        <translation>把头部放到参考线内，按空格键拍照。</translation>
    </message>
    <message>
        <source>Choose a file, drop a picture here, or take one with the camera.</source>
        <translation>请选择文件、把图片拖到这里，或用摄像头拍照。</translation>
    </message>
    <message>
        <source>{n} KB</source>
        <translation>{n} KB</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被退回</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>As the rule asks</source>
        <translation>符合要求</translation>
    </message>
</context>
<context>
    <name>PhotosImportPage</name>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Choose a &amp;folder …</source>
        <translation>选择文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Re&amp;place photos that people have already</source>
        <translation>替换考生已有的照片(&amp;P)</translation>
    </message>
    <message>
        <source>Preview of the photos</source>
        <translation>照片预览</translation>
    </message>
    <message>
        <source>&amp;Assign</source>
        <translation>分配(&amp;A)</translation>
    </message>
    <message>
        <source>No folder chosen yet</source>
        <translation>还没有选择文件夹</translation>
    </message>
    <message>
        <source>Choose the batch, then a folder of photos, each named by document number (110101199001011234.jpg, or with the name before it), or drop the folder here. Nothing is assigned before you have seen the preview.</source>
        <translation>先选批次，再选择照片文件夹；每张照片以证件号码命名（110101199001011234.jpg，前面可加姓名）。也可把文件夹拖到这里。看过预览之前不会分配任何照片。</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was assigned.</source>
        <translation>已取消，没有分配任何照片。</translation>
    </message>
    <message>
        <source>Choose a folder of photos</source>
        <translation>选择照片文件夹</translation>
    </message>
    <message>
        <source>There is no picture in this folder.</source>
        <translation>这个文件夹里没有图片。</translation>
    </message>
    <message>
        <source>&amp;Assign {n} photos</source>
        <translation>分配 {n} 张照片(&amp;A)</translation>
    </message>
    <message>
        <source>Assigning the photos</source>
        <translation>正在分配照片</translation>
    </message>
    <message>
        <source>Looking at the photos</source>
        <translation>正在检查照片</translation>
    </message>
</context>
<context>
    <name>PlacesPanel</name>
    <message>
        <source>No stick is plugged in. Plug one in: it shows here by itself.</source>
        <translation>还没有插入 U 盘。插上后会自动显示在这里。</translation>
    </message>
    <message>
        <source>&amp;Write and check</source>
        <translation>写入并核对(&amp;W)</translation>
    </message>
    <message>
        <source>Another fol&amp;der …</source>
        <translation>其他文件夹(&amp;D)…</translation>
    </message>
    <message>
        <source>Over the &amp;network …</source>
        <translation>通过网络(&amp;N)…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Where to?</source>
        <translation>发送到哪里？</translation>
    </message>
    <message>
        <source>{name}   {folder}   {free} free</source>
        <translation>{name}   {folder}   剩余 {free}</translation>
    </message>
    <message>
        <source>{folder}   as last time</source>
        <translation>{folder}   与上次相同</translation>
    </message>
    <message>
        <source>{host}   over HTTPS; the receipt comes back at once</source>
        <translation>{host}   通过 HTTPS 发送，当场取回回执</translation>
    </message>
    <message>
        <source>Se&amp;nd</source>
        <translation>发送(&amp;N)</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Choose a certificate to see it here.</source>
        <translation>选一张证书，在这里预览。</translation>
    </message>
</context>
<context>
    <name>ProgressPanel</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>正在开始……</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>about {n} minutes left</source>
        <translation>约剩 {n} 分钟</translation>
    </message>
    <message>
        <source>about {n} seconds left</source>
        <translation>约剩 {n} 秒</translation>
    </message>
    <message>
        <source>Cancelling; nothing of this will be kept …</source>
        <translation>正在取消，这一步不会保留任何内容……</translation>
    </message>
</context>
<context>
    <name>RadarChart</name>
    <message>
        <source>Radar of qualities</source>
        <translation>素质雷达图</translation>
    </message>
</context>
<context>
    <name>RareCharactersDialog</name>
    <message>
        <source>Rare characters</source>
        <translation>生僻字</translation>
    </message>
    <message>
        <source>What you know of the character</source>
        <translation>对这个字所知道的</translation>
    </message>
    <message>
        <source>di 11   ·   由页   ·   U+2CC56</source>
        <translation>di 11   ·   由页   ·   U+2CC56</translation>
    </message>
    <message>
        <source>&amp;Insert</source>
        <translation>插入(&amp;I)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Characters found</source>
        <translation>找到的字</translation>
    </message>
    <message>
        <source>Type what you know of it, with spaces between: its sound (di), its strokes (11), parts that it has (由页), or its code point (U+2CC56). All of it has to fit.</source>
        <translation>请键入对这个字所知道的，用空格隔开：拼音（di）、笔画数（11）、所含的部件（由页），或码位（U+2CC56）。须全部符合。</translation>
    </message>
    <message>
        <source>Nothing fits all of that. Leave something out, or use another part.</source>
        <translation>没有全部符合的字。请少写一项，或换一个部件。</translation>
    </message>
    <message>
        <source>{n} strokes</source>
        <translation>{n} 画</translation>
    </message>
    <message>
        <source>no font of ours draws it: a certificate cannot be printed with it</source>
        <translation>随附字体没有这个字：无法印在证书上</translation>
    </message>
    <message>
        <source>only the first {n} are shown</source>
        <translation>只显示前 {n} 个</translation>
    </message>
</context>
<context>
    <name>ReasonDialog</name>
    <message>
        <source>Reas&amp;on</source>
        <translation>理由(&amp;O)</translation>
    </message>
    <message>
        <source>It is kept for good, with your name.</source>
        <translation>理由连同您的姓名永久留存。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Say why.</source>
        <translation>请写明理由。</translation>
    </message>
</context>
<context>
    <name>Rechecks</name>
    <message>
        <source>Asked b&amp;y</source>
        <translation>申请人(&amp;Y)</translation>
    </message>
    <message>
        <source>Sub&amp;ject</source>
        <translation>科目(&amp;J)</translation>
    </message>
    <message>
        <source>What is as&amp;ked</source>
        <translation>申请内容(&amp;K)</translation>
    </message>
    <message>
        <source>Record the re-c&amp;heck</source>
        <translation>登记复核(&amp;H)</translation>
    </message>
    <message>
        <source>Nobody has asked for a re-check.</source>
        <translation>没有人申请复核。</translation>
    </message>
    <message>
        <source>Re-checks of marks</source>
        <translation>成绩复核</translation>
    </message>
    <message>
        <source>The reply slip is written.</source>
        <translation>复核回执已写出。</translation>
    </message>
    <message>
        <source>Choose the candidate who asks.</source>
        <translation>请选择申请复核的考生。</translation>
    </message>
</context>
<context>
    <name>RecordStrip</name>
    <message>
        <source>&amp;Open the record</source>
        <translation>打开这条记录(&amp;O)</translation>
    </message>
</context>
<context>
    <name>RegistersDialog</name>
    <message>
        <source>Registers</source>
        <translation>表册</translation>
    </message>
    <message>
        <source>&amp;Language of the papers</source>
        <translation>表册语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;All of them</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Excel too, where it is data</source>
        <translation>数据类同时导出 Excel(&amp;E)</translation>
    </message>
    <message>
        <source>A&amp;rchive package …</source>
        <translation>归档包(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Save as PDF …</source>
        <translation>存为 PDF(&amp;S)…</translation>
    </message>
    <message>
        <source>They name people in full: keep the files where nobody else reads them. What is made is noted in the journal.</source>
        <translation>表册含完整个人信息，请妥善保管。每次生成都记入日志。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Making the papers</source>
        <translation>正在生成表册</translation>
    </message>
    <message>
        <source>{count} files are in {folder}</source>
        <translation>{folder} 中已有 {count} 个文件</translation>
    </message>
    <message>
        <source>The archive holds {count} files: {file}</source>
        <translation>归档包共 {count} 个文件：{file}</translation>
    </message>
    <message>
        <source>Folder for the papers</source>
        <translation>存放表册的文件夹</translation>
    </message>
    <message>
        <source>Archive package</source>
        <translation>归档包</translation>
    </message>
</context>
<context>
    <name>RestoreStep</name>
    <message>
        <source>Backup &amp;file</source>
        <translation>备份文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>口令(&amp;P)</translation>
    </message>
    <message>
        <source>Of any operator of that centre</source>
        <translation>该机构任一操作员的口令</translation>
    </message>
    <message>
        <source>&amp;Choose …</source>
        <translation>选择(&amp;C)……</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>恢复(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>恢复备份</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Also those &amp;decided</source>
        <translation>包括已审核的(&amp;D)</translation>
    </message>
    <message>
        <source>Enrolments</source>
        <translation>报名</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>理由(&amp;R)</translation>
    </message>
    <message>
        <source>Needed to return or refuse</source>
        <translation>退回或不予通过时必填</translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>审核通过(&amp;A)</translation>
    </message>
    <message>
        <source>Re&amp;turn</source>
        <translation>退回补正(&amp;T)</translation>
    </message>
    <message>
        <source>Re&amp;fuse</source>
        <translation>不予通过(&amp;F)</translation>
    </message>
    <message>
        <source>Pa&amp;pers seen</source>
        <translation>材料已核验(&amp;P)</translation>
    </message>
    <message>
        <source>All that the conditions of the selected people ask for, in the original</source>
        <translation>所选人员申报条件要求的全部材料，均已核验原件</translation>
    </message>
    <message>
        <source>Nobody waits for a decision</source>
        <translation>没有待审核的报名</translation>
    </message>
    <message>
        <source>Enrolments come here from the roster import and from the candidate&apos;s form. Whoever entered one cannot review it.</source>
        <translation>导入报名表或在考生页报名后，会出现在这里。谁录入的，谁不能审核。</translation>
    </message>
    <message>
        <source>&amp;Select all</source>
        <translation>全选(&amp;S)</translation>
    </message>
    <message>
        <source>Papers of {n} people are ticked.</source>
        <translation>已为 {n} 人勾选材料。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Document number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>To look at</source>
        <translation>需要核对</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>申报条件</translation>
    </message>
    <message>
        <source>Reason given</source>
        <translation>已写理由</translation>
    </message>
    <message>
        <source>Select the people first (Ctrl+A for all).</source>
        <translation>请先选中要审核的人（Ctrl+A 全选）。</translation>
    </message>
    <message>
        <source>{n} waiting</source>
        <translation>待审核 {n} 人</translation>
    </message>
    <message>
        <source>{n} approved.</source>
        <translation>{n} 人审核通过。</translation>
    </message>
    <message>
        <source>{n} returned for correction.</source>
        <translation>{n} 人退回补正。</translation>
    </message>
    <message>
        <source>{n} refused.</source>
        <translation>{n} 人不予通过。</translation>
    </message>
</context>
<context>
    <name>RolesForm</name>
    <message>
        <source>Roles of {name}</source>
        <translation>{name} 的岗位</translation>
    </message>
    <message>
        <source>The rights change at once, what the windows offer with the next sign-in. What was done before stays.</source>
        <translation>权限立即生效，界面在下次登录后更新。以前办过的事不变。</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Roles</source>
        <translation>岗位(&amp;R)</translation>
    </message>
    <message>
        <source>An administrator looks after accounts and has no other role</source>
        <translation>系统管理员只管账号，不兼任其他岗位</translation>
    </message>
</context>
<context>
    <name>RosterImportPage</name>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Choose a &amp;file …</source>
        <translation>选择文件(&amp;F)…</translation>
    </message>
    <message>
        <source>Te&amp;mplate …</source>
        <translation>模板…(&amp;M)</translation>
    </message>
    <message>
        <source>An empty workbook for the organisation, with this batch&apos;s words to choose</source>
        <translation>供单位填写的空白工作簿，带本批次的可选项</translation>
    </message>
    <message>
        <source>Preview of the roster</source>
        <translation>报名表预览</translation>
    </message>
    <message>
        <source>Save the &amp;refused rows …</source>
        <translation>存出不接受的行(&amp;R)…</translation>
    </message>
    <message>
        <source>A workbook to send back: what to mend stands in each coloured cell</source>
        <translation>发回单位的工作簿：每个着色的单元格里写明怎么改</translation>
    </message>
    <message>
        <source>Co&amp;lumns …</source>
        <translation>列对应…(&amp;L)</translation>
    </message>
    <message>
        <source>What each column means, and words that stand for ours</source>
        <translation>每一列对应什么，以及对方用词对应我们的哪个词</translation>
    </message>
    <message>
        <source>No roster chosen yet</source>
        <translation>还没有选择报名表</translation>
    </message>
    <message>
        <source>Choose the batch, then the organisation&apos;s list (.xlsx, .xls or .csv), or drop the file here. Nothing is taken in before you have seen the preview.</source>
        <translation>先选批次，再选单位报来的报名表（.xlsx、.xls 或 .csv），也可以把文件拖到这里。先看预览，确认后才导入。</translation>
    </message>
    <message>
        <source>for passing on to the association&apos;s talent library</source>
        <translation>向协会人才库提供个人信息</translation>
    </message>
    <message>
        <source>for publicity of the result</source>
        <translation>公示评价结果</translation>
    </message>
    <message>
        <source>for job recommendation</source>
        <translation>岗位推荐</translation>
    </message>
    <message>
        <source>Only if e&amp;very row is accepted</source>
        <translation>全部行通过才导入(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>导入(&amp;I)</translation>
    </message>
    <message>
        <source>The organisation declares that it holds consent sheets signed by everybody in this list:</source>
        <translation>报名单位声明：已留存名单中每个人签字的下列同意书：</translation>
    </message>
    <message>
        <source>The template is in {file}.</source>
        <translation>模板已保存到 {file}。</translation>
    </message>
    <message>
        <source>Choose a roster</source>
        <translation>选择报名表</translation>
    </message>
    <message>
        <source>Sheets (*.xlsx *.xls *.csv)</source>
        <translation>表格 (*.xlsx *.xls *.csv)</translation>
    </message>
    <message>
        <source>Save the template</source>
        <translation>保存模板</translation>
    </message>
    <message>
        <source>Roster {batch}.xlsx</source>
        <translation>报名表 {batch}.xlsx</translation>
    </message>
    <message>
        <source>{file} - refused rows.xlsx</source>
        <translation>{file} - 不接受的行.xlsx</translation>
    </message>
    <message>
        <source>Save the refused rows</source>
        <translation>存出不接受的行</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Excel 工作簿 (*.xlsx)</translation>
    </message>
    <message>
        <source>{file}  ·  columns as for {organisation}</source>
        <translation>{file}  ·  按“{organisation}”的列对应</translation>
    </message>
    <message>
        <source>&amp;Import {n} people</source>
        <translation>导入 {n} 人(&amp;I)</translation>
    </message>
    <message>
        <source>{accepted} enrolments were made; {unchanged} people were enrolled already. They wait for the review.</source>
        <translation>已报名 {accepted} 人，另有 {unchanged} 人此前已报。接下来由审核员审核。</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>正在导入</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>正在读取文件</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was taken in.</source>
        <translation>已取消，什么也没有导入。</translation>
    </message>
    <message>
        <source>Columns …</source>
        <translation>列对应…</translation>
    </message>
</context>
<context>
    <name>SeatMap</name>
    <message>
        <source>Seat map</source>
        <translation>座位图</translation>
    </message>
</context>
<context>
    <name>SeatPanel</name>
    <message>
        <source>Rooms</source>
        <translation>考场</translation>
    </message>
    <message>
        <source>Find by name or the end of a number, Enter</source>
        <translation>按姓名或准考证号末几位查找，回车</translation>
    </message>
    <message>
        <source>Find somebody</source>
        <translation>查找考生</translation>
    </message>
    <message>
        <source>P&amp;in the seat</source>
        <translation>固定座位(&amp;I)</translation>
    </message>
    <message>
        <source>Needs an accessi&amp;ble seat</source>
        <translation>需无障碍座位(&amp;B)</translation>
    </message>
    <message>
        <source>Sp&amp;lit …</source>
        <translation>拆分…(&amp;L)</translation>
    </message>
    <message>
        <source>M&amp;erge into</source>
        <translation>合并到(&amp;E)</translation>
    </message>
    <message>
        <source>Drag somebody to another seat, or onto another room; whoever sits there takes theirs. With the keys: arrows, and Space to take and to put.</source>
        <translation>把考生拖到另一个座位或另一个考场；原来坐在那里的人换到他的座位。用键盘：方向键选择，空格拿起和放下。</translation>
    </message>
    <message>
        <source>Room {room}</source>
        <translation>考场 {room}</translation>
    </message>
    <message>
        <source>No seat yet   {people}</source>
        <translation>尚未编排   {people}</translation>
    </message>
    <message>
        <source>Room {room}, {free} seats are free</source>
        <translation>考场 {room}，空座 {free} 个</translation>
    </message>
    <message>
        <source>Nobody here has this name or number.</source>
        <translation>没有这个姓名或号码的考生。</translation>
    </message>
</context>
<context>
    <name>SeatingDialog</name>
    <message>
        <source>Seats and admission numbers</source>
        <translation>编排座位与准考证号</translation>
    </message>
    <message>
        <source>&amp;Rooms</source>
        <translation>考场(&amp;R)</translation>
    </message>
    <message>
        <source>Number &amp;pattern</source>
        <translation>编号规则(&amp;P)</translation>
    </message>
    <message>
        <source>1-10 30: ten rooms of 30; 11 30 2: two are accessible</source>
        <translation>1-10 30：十个考场各 30 座；11 30 2：含两个无障碍座</translation>
    </message>
    <message>
        <source>With ! at its end the number follows the seat</source>
        <translation>末尾加 ! 则准考证号随座位更换</translation>
    </message>
    <message>
        <source>City code</source>
        <translation>地市代码</translation>
    </message>
    <message>
        <source>Body code</source>
        <translation>机构代码</translation>
    </message>
    <message>
        <source>Batch of the year</source>
        <translation>批次序号</translation>
    </message>
    <message>
        <source>Subject code</source>
        <translation>科目代码</translation>
    </message>
    <message>
        <source>Levels may share a roo&amp;m</source>
        <translation>不同等级可同考场(&amp;M)</translation>
    </message>
    <message>
        <source>Colleagues sit &amp;apart</source>
        <translation>同单位分开就座(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Draw everybody anew; numbers stay</source>
        <translation>全部重新抽签，号码不变(&amp;D)</translation>
    </message>
    <message>
        <source>Whose seat is no more &amp;gets another</source>
        <translation>座位已不存在的考生另行编排(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Seat everybody</source>
        <translation>编排全部考生(&amp;S)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Everybody approved gets a seat by lot. Who sits already keeps seat and number, and no number is given twice.</source>
        <translation>审核通过的考生由抽签得到座位。已编排的保留座位和号码，号码绝不重复使用。</translation>
    </message>
    <message>
        <source>Seating</source>
        <translation>正在编排</translation>
    </message>
    <message>
        <source>{people} people sit; {moved} of them have a new seat.</source>
        <translation>共 {people} 人有座位，其中 {moved} 人座位有变。</translation>
    </message>
</context>
<context>
    <name>SheetColumnsDialog</name>
    <message>
        <source>Columns of {file}</source>
        <translation>{file} 的各列</translation>
    </message>
    <message>
        <source>&amp;Two rows deep</source>
        <translation>占两行(&amp;T)</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>What stands in it</source>
        <translation>内容示例</translation>
    </message>
    <message>
        <source>Means</source>
        <translation>对应</translation>
    </message>
    <message>
        <source>Their word</source>
        <translation>对方用词</translation>
    </message>
    <message>
        <source>Our word</source>
        <translation>本系统用词</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>用词</translation>
    </message>
    <message>
        <source>Organisation; empty: for this file only</source>
        <translation>单位名称；留空则只用于本文件</translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation>使用(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Header in row</source>
        <translation>表头所在行(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Remember for</source>
        <translation>记住，用于(&amp;R)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Keep as it is</source>
        <translation>原样保留</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未对应</translation>
    </message>
</context>
<context>
    <name>SheetPreview</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>What to look at</source>
        <translation>问题和办法</translation>
    </message>
    <message>
        <source>Only rows with a &amp;word</source>
        <translation>只看有问题的行(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Copy the list</source>
        <translation>复制问题清单(&amp;C)</translation>
    </message>
    <message>
        <source>F2, or typing, mends a cell; Del takes it back to what the file says.</source>
        <translation>按 F2 或直接输入可就地更正单元格；按 Del 恢复文件原文。</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>不接受</translation>
    </message>
    <message>
        <source>In the file: {text}</source>
        <translation>文件原文：{text}</translation>
    </message>
</context>
<context>
    <name>SideBar</name>
    <message>
        <source>Appraisal Desk</source>
        <translation>鉴定台</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Appraisal Desk</source>
        <translation>鉴定台</translation>
    </message>
    <message>
        <source>&amp;Login</source>
        <translation>登录名(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>口令(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Sign in</source>
        <translation>登录(&amp;S)</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Opening …</source>
        <translation>正在打开……</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>大写锁定已打开</translation>
    </message>
</context>
<context>
    <name>SignaturePad</name>
    <message>
        <source>Sign here with a finger, a pen or the mouse. Delete clears it.</source>
        <translation>在此用手指、笔或鼠标签名。按 Delete 清除。</translation>
    </message>
</context>
<context>
    <name>SittingsTab</name>
    <message>
        <source>Sittings</source>
        <translation>场次</translation>
    </message>
    <message>
        <source>Staff of this sitting</source>
        <translation>本场人员</translation>
    </message>
    <message>
        <source>Seats by &amp;lot</source>
        <translation>抽签排座(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Draw the staff</source>
        <translation>抽派人员(&amp;D)</translation>
    </message>
    <message>
        <source>Invigilators a room</source>
        <translation>每考场监考人数</translation>
    </message>
    <message>
        <source>It has a time: &amp;whoever comes later is late</source>
        <translation>有开考时间：晚到即为迟到(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Instead of the sitting chosen in the list</source>
        <translation>替换列表中选中的场次(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Plan the sitting</source>
        <translation>安排场次(&amp;P)</translation>
    </message>
    <message>
        <source>a room</source>
        <translation>人/考场</translation>
    </message>
    <message>
        <source>A new sitting</source>
        <translation>新的场次</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>名称(&amp;T)</translation>
    </message>
    <message>
        <source>Subjects</source>
        <translation>科目</translation>
    </message>
    <message>
        <source>St&amp;arts</source>
        <translation>开考(&amp;A)</translation>
    </message>
    <message>
        <source>Mi&amp;nutes</source>
        <translation>分钟(&amp;N)</translation>
    </message>
    <message>
        <source>R&amp;ooms</source>
        <translation>考场(&amp;O)</translation>
    </message>
    <message>
        <source>Only where they are others than those of the admission numbers: a line each, name and seats.</source>
        <translation>仅当与准考证上的考场不同时填写：每行一个考场名和座位数。</translation>
    </message>
    <message>
        <source>Sitting</source>
        <translation>场次</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Rooms of its own</source>
        <translation>专用考场</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>考场</translation>
    </message>
    <message>
        <source>Duty</source>
        <translation>职责</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>证卡</translation>
    </message>
    <message>
        <source>Draw the staff again</source>
        <translation>重新抽派</translation>
    </message>
    <message>
        <source>Somebody was drawn for this sitting. That draw stays in the journal, with this reason.</source>
        <translation>本场已抽派过。原抽派和本次原因都保留在日志中。</translation>
    </message>
    <message>
        <source>&amp;Draw again</source>
        <translation>重新抽派(&amp;D)</translation>
    </message>
</context>
<context>
    <name>SplitDialog</name>
    <message>
        <source>Split room {room}</source>
        <translation>拆分考场 {room}</translation>
    </message>
    <message>
        <source>&amp;New room</source>
        <translation>新考场(&amp;N)</translation>
    </message>
    <message>
        <source>Sea&amp;ts</source>
        <translation>座位数(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation>拆分(&amp;S)</translation>
    </message>
    <message>
        <source>The half on the last seats goes there. Who is pinned or needs an accessible seat stays, and all keep their numbers unless the pattern says otherwise.</source>
        <translation>后一半座位上的考生调到新考场；固定座位和需要无障碍座位的考生不动，准考证号除编号规则另有规定外不变。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>StaffForm</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>At least {n} characters; four unrelated words are good</source>
        <translation>至少 {n} 个字符；四个互不相干的词就很好</translation>
    </message>
    <message>
        <source>Once &amp;more</source>
        <translation>再输一次(&amp;M)</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>大写锁定已打开</translation>
    </message>
</context>
<context>
    <name>Sync</name>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Candidate</source>
        <translation>考生</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>鉴定中心</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Certificate number</source>
        <translation>证书编号</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>知情同意</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>证件</translation>
    </message>
    <message>
        <source>Enrolment</source>
        <translation>报名</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>成绩</translation>
    </message>
    <message>
        <source>Objection</source>
        <translation>异议</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Publicity</source>
        <translation>公示</translation>
    </message>
    <message>
        <source>Re-check</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>Sitting</source>
        <translation>场次</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>签到</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>违规记录</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>试卷</translation>
    </message>
    <message>
        <source>Stays here</source>
        <translation>留在本机</translation>
    </message>
    <message>
        <source>On this computer only; send it.</source>
        <translation>仅在本机，请发送。</translation>
    </message>
    <message>
        <source>On its way; the library has not confirmed it.</source>
        <translation>已在途中，人才库尚未确认。</translation>
    </message>
    <message>
        <source>The library has it and waits for something it needs.</source>
        <translation>人才库已收到，还在等待相关记录。</translation>
    </message>
    <message>
        <source>In the library, confirmed by a signed receipt.</source>
        <translation>已入库，有签名回执确认。</translation>
    </message>
    <message>
        <source>The library asks; see the list below.</source>
        <translation>人才库有疑问，见下表。</translation>
    </message>
    <message>
        <source>Without consent for the association nothing leaves.</source>
        <translation>未同意向协会提供的，一律不外发。</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>待裁定</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被退回</translation>
    </message>
    <message>
        <source>Send again: the library waits for entries that came before this one.</source>
        <translation>请再次发送：人才库在等它之前的记录。</translation>
    </message>
    <message>
        <source>An officer of the association decides; nothing is lost.</source>
        <translation>由协会工作人员裁定，数据不会丢失。</translation>
    </message>
    <message>
        <source>Correct it at this desk and send again.</source>
        <translation>请在本机更正后再次发送。</translation>
    </message>
    <message>
        <source>{n} records left</source>
        <translation>发出 {n} 条记录</translation>
    </message>
    <message>
        <source>The library gave back what it holds</source>
        <translation>人才库补回了所存的记录</translation>
    </message>
    <message>
        <source>Put back from a copy: a new epoch began</source>
        <translation>从备份恢复，开始新的纪元</translation>
    </message>
    <message>
        <source>A copy of a desk: a new epoch began</source>
        <translation>数据是副本，开始新的纪元</translation>
    </message>
    <message>
        <source>Two histories: a new epoch began</source>
        <translation>出现两份历史，开始新的纪元</translation>
    </message>
    <message>
        <source>Short receipt {number} came</source>
        <translation>收到短回执 {number}</translation>
    </message>
    <message>
        <source>Receipt {number} came</source>
        <translation>收到第 {number} 号回执</translation>
    </message>
    <message>
        <source>{n} records wait here</source>
        <translation>{n} 条记录待发送</translation>
    </message>
    <message>
        <source>Nothing of them has left; send them.</source>
        <translation>都还在本机，请发送。</translation>
    </message>
    <message>
        <source>{n} records are on their way</source>
        <translation>{n} 条记录在途中</translation>
    </message>
    <message>
        <source>Until a receipt comes, each sending brings them again.</source>
        <translation>回执到来之前，每次发送都会再带上。</translation>
    </message>
    <message>
        <source>{n} records wait at the library</source>
        <translation>{n} 条记录在人才库等待</translation>
    </message>
    <message>
        <source>For something that they need; the next bundles bring it.</source>
        <translation>所依赖的内容未到，后续数据包会带去。</translation>
    </message>
    <message>
        <source>{n} pictures</source>
        <translation>{n} 张图片</translation>
    </message>
    <message>
        <source>{n} stayed</source>
        <translation>{n} 条留下</translation>
    </message>
    <message>
        <source>{n} accepted</source>
        <translation>{n} 条入库</translation>
    </message>
    <message>
        <source>{n} wait</source>
        <translation>{n} 条等待</translation>
    </message>
    <message>
        <source>{n} need you</source>
        <translation>{n} 条待处理</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从未</translation>
    </message>
</context>
<context>
    <name>SyncAsking</name>
    <message>
        <source>Save the request to join a library</source>
        <translation>保存加入人才库的申请</translation>
    </message>
    <message>
        <source>Take in the grant</source>
        <translation>导入授权</translation>
    </message>
    <message>
        <source>Send by stick</source>
        <translation>用 U 盘发送</translation>
    </message>
    <message>
        <source>Send over HTTPS</source>
        <translation>通过 HTTPS 发送</translation>
    </message>
    <message>
        <source>Take in a receipt, a grant or a list</source>
        <translation>导入回执、授权或列表</translation>
    </message>
    <message>
        <source>Take in a folder</source>
        <translation>导入文件夹</translation>
    </message>
    <message>
        <source>Type a short receipt</source>
        <translation>输入短回执</translation>
    </message>
    <message>
        <source>Take in what the library gives back</source>
        <translation>导入人才库的补回包</translation>
    </message>
    <message>
        <source>Choose the stick</source>
        <translation>选择 U 盘</translation>
    </message>
    <message>
        <source>Over the network</source>
        <translation>通过网络</translation>
    </message>
    <message>
        <source>The library&apos;s address, as the association gives it:</source>
        <translation>协会提供的人才库地址：</translation>
    </message>
    <message>
        <source>Choose the restoration, or the stick that it is on</source>
        <translation>选择补回包，或存有它的 U 盘</translation>
    </message>
    <message>
        <source>Signed files and pictures (*.cose *.skr *.png *.jpg *.jpeg);;All files (*)</source>
        <translation>签名文件和图片 (*.cose *.skr *.png *.jpg *.jpeg);;所有文件 (*)</translation>
    </message>
    <message>
        <source>As the association reads it to you, in groups of eight, or with a scanner from its picture:</source>
        <translation>按协会念给您的内容输入，每八个字符一组；也可用扫描枪扫其图码：</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>&amp;Send by stick …</source>
        <translation>用 U 盘发送(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Take in a file …</source>
        <translation>导入文件(&amp;T)…</translation>
    </message>
    <message>
        <source>Take in a &amp;folder …</source>
        <translation>导入文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Short &amp;receipt …</source>
        <translation>短回执(&amp;R)…</translation>
    </message>
    <message>
        <source>Take in the association&apos;s updates</source>
        <translation>导入协会的更新</translation>
    </message>
    <message>
        <source>Take in updates over the network</source>
        <translation>通过网络导入更新</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>Take it in …</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Stopped. What has arrived at the library stays there; sending again goes on from it.</source>
        <translation>已停止。已送达人才库的内容留在那里，再次发送会接着传。</translation>
    </message>
    <message>
        <source>The request is saved as {file}.</source>
        <translation>申请已保存为 {file}。</translation>
    </message>
    <message>
        <source>Last sent {sent}  ·  last receipt {receipt}</source>
        <translation>上次发送 {sent}  ·  上次回执 {receipt}</translation>
    </message>
    <message>
        <source>Sending over HTTPS</source>
        <translation>正在通过 HTTPS 发送</translation>
    </message>
    <message>
        <source>Writing to the stick and reading it back</source>
        <translation>正在写入 U 盘并读回核对</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was left on the stick, and nothing here has changed.</source>
        <translation>已取消。U 盘上没有留下文件，本机数据也没有变化。</translation>
    </message>
</context>
<context>
    <name>SyncSaid</name>
    <message>
        <source>{n} records ({size}) are on the stick as {bundle}, read back and whole. The stick is safe to remove; take it to the association.</source>
        <translation>{n} 条记录（{size}）已写入 U 盘，数据包为 {bundle}，读回核对无误。U 盘可以安全拔出，请送交协会。</translation>
    </message>
    <message>
        <source>{n} records are at the library.</source>
        <translation>{n} 条记录已送达人才库。</translation>
    </message>
    <message>
        <source>The grant is adopted: this desk may send, and has its lists and numbers.</source>
        <translation>授权已导入：本机可以发送记录，并已有列表和号段。</translation>
    </message>
    <message>
        <source>The lists are up to date.</source>
        <translation>列表已更新。</translation>
    </message>
    <message>
        <source>It is taken in.</source>
        <translation>已导入。</translation>
    </message>
    <message>
        <source>The receipt is taken in: {n} records accepted, {waiting} wait or need you.</source>
        <translation>回执已导入：{n} 条已入库，{waiting} 条等待或需要处理。</translation>
    </message>
    <message>
        <source> {n} stay here for want of consent.</source>
        <translation>另有 {n} 条因未获同意留在本机。</translation>
    </message>
</context>
<context>
    <name>TableTools</name>
    <message>
        <source>&amp;Copy the rows</source>
        <translation>复制所选行(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Export to Excel …</source>
        <translation>导出到 Excel(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Print …</source>
        <translation>打印(&amp;P)…</translation>
    </message>
    <message>
        <source>Copy the rows</source>
        <translation>复制所选行</translation>
    </message>
    <message>
        <source>Export to Excel</source>
        <translation>导出到 Excel</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>第 {page} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Excel 工作簿 (*.xlsx)</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Nothing has left this desk yet.</source>
        <translation>本机还没有发出过记录。</translation>
    </message>
    <message>
        <source>What left and what came back</source>
        <translation>收发记录</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>Due</source>
        <translation>近期期限</translation>
    </message>
    <message>
        <source>No batch has a date ahead.</source>
        <translation>没有临近期限的批次。</translation>
    </message>
    <message>
        <source>Waits for a second person</source>
        <translation>等待复核</translation>
    </message>
    <message>
        <source>Nothing waits.</source>
        <translation>没有等待处理的事项。</translation>
    </message>
    <message>
        <source>To the association</source>
        <translation>报送协会</translation>
    </message>
    <message>
        <source>Everything is sent and accepted.</source>
        <translation>全部已送出并被接收。</translation>
    </message>
    <message>
        <source>Open a batch to begin</source>
        <translation>先建立一个批次</translation>
    </message>
    <message>
        <source>A batch has a scheme, an exam day and a number of places. What is due stands here.</source>
        <translation>批次有评价方案、考试日和计划人数；建立之后，这里逐日列出该办的事。</translation>
    </message>
    <message>
        <source>Go to the batches</source>
        <translation>前往“批次”</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>工作台</translation>
    </message>
    <message>
        <source>Move the &amp;demonstration&apos;s clock on to {day}</source>
        <translation>演示时钟前进到 {day}(&amp;D)</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>{n} working days late</source>
        <translation>已逾期 {n} 个工作日</translation>
    </message>
    <message>
        <source>late</source>
        <translation>已逾期</translation>
    </message>
    <message>
        <source>in {n} working days</source>
        <translation>还有 {n} 个工作日</translation>
    </message>
    <message>
        <source>Enrolments to review</source>
        <translation>待审核的报名</translation>
    </message>
    <message>
        <source>Marks that differ</source>
        <translation>两次录入不一致的成绩</translation>
    </message>
    <message>
        <source>Objections to settle</source>
        <translation>待处理的异议</translation>
    </message>
    <message>
        <source>Certificates to issue</source>
        <translation>可发放的证书</translation>
    </message>
    <message>
        <source>Passed, but something is missing</source>
        <translation>已合格，但尚缺材料</translation>
    </message>
    <message>
        <source>Records that need you</source>
        <translation>需要您处理的记录</translation>
    </message>
    <message>
        <source>The library asks about them</source>
        <translation>人才库有疑问</translation>
    </message>
    <message>
        <source>Nothing was sent yet</source>
        <translation>还没有送出过</translation>
    </message>
    <message>
        <source>Last sent {day}</source>
        <translation>上次送出 {day}</translation>
    </message>
    <message>
        <source>Records not sent</source>
        <translation>未送出的记录</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>Valid</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>Genuine, lists out of date</source>
        <translation>真实，列表已过期</translation>
    </message>
    <message>
        <source>Genuine, revocation not checked</source>
        <translation>真实，未查是否撤销</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>已被取代</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Signer unknown</source>
        <translation>签发者不明</translation>
    </message>
    <message>
        <source>Signed without right</source>
        <translation>无权签发</translation>
    </message>
    <message>
        <source>Signed with a stolen key</source>
        <translation>密钥失窃后签发</translation>
    </message>
    <message>
        <source>Altered or forged</source>
        <translation>涂改或伪造</translation>
    </message>
    <message>
        <source>Not a certificate of ours</source>
        <translation>不是本体系证书</translation>
    </message>
    <message>
        <source>Nothing read</source>
        <translation>没有读到</translation>
    </message>
    <message>
        <source>Comparing …</source>
        <translation>正在比对…</translation>
    </message>
    <message>
        <source>Belongs to this person</source>
        <translation>与本人相符</translation>
    </message>
    <message>
        <source>Not this person&apos;s</source>
        <translation>与本人不符</translation>
    </message>
    <message>
        <source>The certificate does not say</source>
        <translation>证书未载明</translation>
    </message>
    <message>
        <source>Certificate number</source>
        <translation>证书编号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Latin name</source>
        <translation>拉丁字母姓名</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>评价项目</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Signed on</source>
        <translation>签署日期</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>For life</source>
        <translation>长期</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>成绩</translation>
    </message>
    <message>
        <source>Replaces</source>
        <translation>取代证书</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>签发机构</translation>
    </message>
    <message>
        <source>Nobody known</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Trust list</source>
        <translation>信任列表</translation>
    </message>
    <message>
        <source>Status list</source>
        <translation>状态列表</translation>
    </message>
    <message>
        <source>None read</source>
        <translation>没有读到</translation>
    </message>
    <message>
        <source>Made today</source>
        <translation>今天发布</translation>
    </message>
    <message>
        <source>{n} days old</source>
        <translation>{n} 天前发布</translation>
    </message>
</context>
<context>
    <name>VerifyPage</name>
    <message>
        <source>Scan the code into this line, or paste its text; Enter checks it</source>
        <translation>用扫码枪扫入二维码，或粘贴其内容，回车查验</translation>
    </message>
    <message>
        <source>&amp;Open image or PDF …</source>
        <translation>打开图片或 PDF(&amp;O)…</translation>
    </message>
    <message>
        <source>Ca&amp;mera</source>
        <translation>摄像头(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Next certificate</source>
        <translation>查下一张(&amp;N)</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Open image or PDF</source>
        <translation>打开图片或 PDF</translation>
    </message>
    <message>
        <source>Scan by camera</source>
        <translation>用摄像头扫描</translation>
    </message>
    <message>
        <source>Check what is on the clipboard</source>
        <translation>查验剪贴板内容</translation>
    </message>
    <message>
        <source>Next certificate</source>
        <translation>查下一张</translation>
    </message>
    <message>
        <source>Ready for a certificate</source>
        <translation>请出示证书</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>查验</translation>
    </message>
    <message>
        <source>Certificates (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp)</source>
        <translation>证书 (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp)</translation>
    </message>
    <message>
        <source>There is neither text nor a picture on the clipboard. Copy one first.</source>
        <translation>剪贴板里没有文字，也没有图片。请先复制。</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Scan its code with the scanner or the camera, drop a picture or a PDF here, or paste one. Everything is checked on this computer; nothing is sent.</source>
        <translation>用扫码枪或摄像头扫描二维码，把图片或 PDF 拖到这里，或者粘贴。一切都在本机核验，不会发送任何内容。</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>What somebody wrote into it</source>
        <translation>有人写入的内容</translation>
    </message>
    <message>
        <source>Compare with what is printed</source>
        <translation>请与印刷内容逐项核对</translation>
    </message>
    <message>
        <source>Nobody known stands behind these lines.</source>
        <translation>以下内容没有已知机构担保。</translation>
    </message>
</context>
<context>
    <name>VoidStrip</name>
    <message>
        <source>Make it &amp;void</source>
        <translation>记为违纪(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Leave it</source>
        <translation>不改(&amp;L)</translation>
    </message>
</context>
<context>
    <name>WelcomeStep</name>
    <message>
        <source>&amp;New centre</source>
        <translation>新建机构(&amp;N)</translation>
    </message>
    <message>
        <source>Set up this computer for your centre</source>
        <translation>在这台电脑上建立您的机构</translation>
    </message>
    <message>
        <source>&amp;Try with a demonstration centre</source>
        <translation>用演示机构试一试(&amp;T)</translation>
    </message>
    <message>
        <source>Made-up people and one open batch; nothing is real</source>
        <translation>虚构的考生和一个开放的批次，都不是真实的</translation>
    </message>
    <message>
        <source>&amp;Restore a backup</source>
        <translation>恢复备份(&amp;R)</translation>
    </message>
    <message>
        <source>Bring back a centre from its backup file</source>
        <translation>从备份文件恢复一个机构</translation>
    </message>
    <message>
        <source>&amp;Join a centre on a server</source>
        <translation>加入服务器上的机构(&amp;J)</translation>
    </message>
    <message>
        <source>Several desks share one database; an administrator lets this computer in</source>
        <translation>多个工位共用一个数据库；由该机构的系统管理员让这台电脑加入</translation>
    </message>
    <message>
        <source>Welcome to Appraisal Desk</source>
        <translation>欢迎使用鉴定台</translation>
    </message>
    <message>
        <source>Everything stays on this computer until you send it yourself.</source>
        <translation>所有内容都留在这台电脑上，除非您自己报送。</translation>
    </message>
</context>
<context>
    <name>Windows</name>
    <message>
        <source>Appraisal Desk</source>
        <translation>鉴定台</translation>
    </message>
</context>
<context>
    <name>WithdrawForm</name>
    <message>
        <source>Withdraw {name}</source>
        <translation>停用 {name}</translation>
    </message>
    <message>
        <source>They cannot sign in any more, and their passphrase opens the data no more. What they did stays under their name. An account is never put back: enrol a new one.</source>
        <translation>停用后不能再登录，口令也打不开数据。以前办过的事仍记在其名下。停用的账号不能恢复，需要时请另行登记。</translation>
    </message>
    <message>
        <source>With&amp;draw</source>
        <translation>停用(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>理由(&amp;R)</translation>
    </message>
    <message>
        <source>It is kept with the record</source>
        <translation>与这条记录一同留存</translation>
    </message>
</context>
<context>
    <name>_MarkDelegate</name>
    <message>
        <source>Mark</source>
        <translation>成绩</translation>
    </message>
</context>
</TS>
