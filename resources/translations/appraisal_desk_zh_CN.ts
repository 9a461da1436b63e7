<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CandidateChip</name>
    <message>
        <source>Stays here</source>
        <translation>留在本机</translation>
    </message>
</context>
<context>
    <name>CandidateFields</name>
    <message>
        <source>&amp;Document number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Na&amp;me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Latin name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sex</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Birth date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nationality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Employer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Education</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ethnic group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enrol in &amp;batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Level</source>
        <translation type="unfinished">等级</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exam</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reason for the correction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Level {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the number says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First sitting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retake</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>18 digits, or scan the two lines of a passport</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CandidateForm</name>
    <message>
        <source>Passing on to the association&apos;s talent library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Publicity of the result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Job recommendation (voluntary)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not enrol now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Registered: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation type="unfinished"></translation>
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
    <name>ConsentBoxes</name>
    <message>
        <source>Read the consent &amp;texts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConsentTexts</name>
    <message>
        <source>Consent texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message>
        <source>&amp;3  Another mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>e.g. compared with the paper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Settle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;1  First entry: {mark}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;2  Second entry: {mark}</source>
        <translation type="unfinished"></translation>
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
    <name>Face</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Choose a p&amp;hoto …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures (*.jpg *.jpeg *.png *.bmp)</source>
        <translation type="unfinished"></translation>
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
    <name>JoinCard</name>
    <message>
        <source>&amp;Save the request …</source>
        <translation>保存申请(&amp;S)…</translation>
    </message>
    <message>
        <source>Take in the &amp;grant …</source>
        <translation>导入授权(&amp;G)…</translation>
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
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Appraisal Desk</source>
        <translation>鉴定台</translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Void</source>
        <translation type="unfinished">无效</translation>
    </message>
</context>
<context>
    <name>MarksEntryTab</name>
    <message>
        <source>Admission number, name or initials</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Import a marks sheet …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is seated in this batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the candidates their admission numbers first, and move the batch on to the exam. Then their rows stand here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} marks were refused and are not saved. Type them again, or press Esc on each to give it up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>next candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>next subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>absent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>void</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>give up what was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paste a block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{saved} of {of} marks entered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saving {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody here matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make this mark of {name} ({number}) void for a violation?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, {number}: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go there</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MarksGrid</name>
    <message>
        <source>Marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a mark and press Enter; Q for absent, W for void</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MarksGridModel</name>
    <message>
        <source>Absent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Void</source>
        <translation type="unfinished">无效</translation>
    </message>
    <message>
        <source>Admission number</source>
        <translation type="unfinished"></translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation type="unfinished">返回(&amp;B)</translation>
    </message>
    <message>
        <source>Reading {file} …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows of the marks sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>second entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} as {entry}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Enter {n} rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entering the marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} was not read</source>
        <translation type="unfinished"></translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a marks sheet …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marks sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sheets (*.xlsx *.xls *.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Differences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>second entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>review of marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not yours to see</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two people enter each mark without seeing the other&apos;s, and a third settles differences. Sign in with the role: {role}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No batch has come to its marks yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the Batches page, close the enrolment, confirm the seating and start the exam. Then marks are entered here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{marks} marks of {rows} candidates are entered.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MarksPreviewModel</name>
    <message>
        <source>Row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admission number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation type="unfinished">结论</translation>
    </message>
    <message>
        <source>What is to be looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Absent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Void</source>
        <translation type="unfinished">无效</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MarksResultsTab</name>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No results yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When candidates are seated, their results stand here as marks are confirmed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admission number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Level</source>
        <translation type="unfinished">等级</translation>
    </message>
    <message>
        <source>Result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list is on the clipboard; paste it into a spreadsheet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MarksSettleTab</name>
    <message>
        <source>Differences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No differences to settle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the first and the second entry of a mark differ, it is listed here for a third person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admission number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second entry</source>
        <translation type="unfinished"></translation>
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
    <name>PassphraseEdit</name>
    <message>
        <source>Show or hide the passphrase</source>
        <translation>显示或隐藏口令</translation>
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
        <source>Level {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason: {why}</source>
        <translation type="unfinished"></translation>
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
        <source>Receipt {number} came</source>
        <translation>收到第 {number} 号回执</translation>
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
        <source>Nothing needs you.</source>
        <translation>没有需要处理的记录。</translation>
    </message>
    <message>
        <source>Send by stick</source>
        <translation>用 U 盘发送</translation>
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
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>What needs you</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Choose the stick</source>
        <translation>选择 U 盘</translation>
    </message>
    <message>
        <source>Signed files (*.cose);;All files (*)</source>
        <translation>签名文件 (*.cose);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Last sent {sent}  ·  last receipt {receipt}</source>
        <translation>上次发送 {sent}  ·  上次回执 {receipt}</translation>
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
    <message>
        <source>Writing to the stick and reading it back</source>
        <translation>正在写入 U 盘并读回核对</translation>
    </message>
    <message>
        <source> {n} stay here for want of consent.</source>
        <translation>另有 {n} 条因未获同意留在本机。</translation>
    </message>
    <message>
        <source>{n} records ({size}) are on the stick as {bundle}, read back and whole. The stick is safe to remove; take it to the association.</source>
        <translation>{n} 条记录（{size}）已写入 U 盘 {bundle}，读回核对无误。现在可以安全拔出，请送交协会。</translation>
    </message>
    <message>
        <source>The grant is adopted: this desk may send, and has its lists and numbers.</source>
        <translation>授权已生效：本机可以发送，列表和号段已就绪。</translation>
    </message>
    <message>
        <source>The lists are up to date.</source>
        <translation>列表已更新。</translation>
    </message>
    <message>
        <source>The receipt is taken in: {n} records accepted, {waiting} wait or need you.</source>
        <translation>回执已导入：{n} 条入库，{waiting} 条等待或需要处理。</translation>
    </message>
    <message>
        <source>The request is saved as {file}. Give it to the association; its answer is the grant.</source>
        <translation>申请已存为 {file}。请交给协会，协会将以授权文件答复。</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was left on the stick, and nothing here has changed.</source>
        <translation>已取消。U 盘上没有留下文件，本机数据也没有变化。</translation>
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
        <source>Scan its code with the scanner, drop a picture or a PDF here, or paste one. Everything is checked on this computer; nothing is sent.</source>
        <translation>用扫码枪扫描二维码，或将图片、PDF 拖到这里，也可以粘贴。全部在本机查验，不会发送任何内容。</translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Leave it</source>
        <translation type="unfinished"></translation>
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
        <source>Welcome to Appraisal Desk</source>
        <translation>欢迎使用鉴定台</translation>
    </message>
    <message>
        <source>Everything stays on this computer until you send it yourself.</source>
        <translation>所有内容都留在这台电脑上，除非您自己报送。</translation>
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
